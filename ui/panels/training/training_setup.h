// What the next training run will be: agent, cost, recipe, environment and every setting.
// Window thread only.
#pragma once

#include "ui/commands.h"
#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

// Fields of the draft, and the button that starts it.
void DrawTrainingSetup(const Snapshots& snapshots, CommandSender& sender,
                       const WindowInputs& inputs, TrainingDraft& draft);

}  // namespace lookout::ui
