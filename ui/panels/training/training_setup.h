// What the next training run will be: agent, cost, recipe, environment and every setting.
// Window thread only.
#pragma once

#include <string>

#include "ui/commands.h"
#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

// The draft is of the environment on screen and goes with it, until a person chooses another one
// for it. `followed`: what was on screen before.
void FollowEnvironment(const std::string& shown, std::string& followed, TrainingDraft& draft);

// Fields of the draft, and the button that starts it.
void DrawTrainingSetup(const Snapshots& snapshots, CommandSender& sender,
                       const WindowInputs& inputs, FloorLine& floor, TrainingDraft& draft);

}  // namespace lookout::ui
