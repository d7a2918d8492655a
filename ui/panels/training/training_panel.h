// Starting, watching and stopping a training run: its settings, its curves, the way to its newest
// policy. Window thread only.
#pragma once

#include "ui/commands.h"
#include "ui/panels/state/window_inputs.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

void DrawTrainingPanel(const Snapshots& snapshots, CommandSender& sender,
                       const WindowInputs& inputs, TrainingPanelState& state);

}  // namespace lookout::ui
