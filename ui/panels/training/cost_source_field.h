// Which cost the next training run is held to. Window thread only.
#pragma once

#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

// A drop-down of the costs that the draft's environment can be held to; one that was chosen for
// another environment gives way to the rule's.
void DrawCostSource(const WindowInputs& inputs, TrainingDraft& draft);

}  // namespace lookout::ui
