// What cost models look at: chosen for the next fit, and said of the one in use. Window thread.
#pragma once

#include <string>

#include "agents/feedback/models/cost_inputs.h"
#include "agents/feedback/transitions/transition.h"
#include "ui/panels/state/window_state.h"
#include "ui/snapshots.h"

namespace lookout::ui {

// The form of the next fit begins as the project was left, and the project hears of what is changed
// in it. Once a frame, before the form is drawn.
void KeepFitSettings(const Snapshots& snapshots, CommandSender& sender, CostModelPanelState& state);

// A section that folds, for the next FitNow of the state. A version that comes into use brings its
// own choice along.
void DrawModelInputs(const FitSnapshot& fit, CostModelPanelState& state);

// "full observation, 2 before it, 1 trace, the action".
std::string InputsInWords(const agents::CostModelSettings& settings);

// What a model that looks at more than a state says of one alone, for the floor; empty of others.
std::string OfStatesInWords(const agents::PastInputs& past);

}  // namespace lookout::ui
