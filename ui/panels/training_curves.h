// The curves of a training run. Window thread only.
#pragma once

#include "ui/panels/window_state.h"
#include "ui/snapshots.h"

namespace lookout::ui {

// Appends what the run reported since the last call; another run starts anew. O(new reports).
void SyncCurves(const TrainingSnapshot& training, TrainingCurves& curves);

// Return, cost per episode against the limit, multiplier and KL, one below the other.
void DrawCurves(const TrainingSnapshot& training, const TrainingCurves& curves);

}  // namespace lookout::ui
