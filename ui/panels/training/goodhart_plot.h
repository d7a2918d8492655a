// Whether the learned cost and the true one of a run part, in words and as a plot over the distance
// from its first policy. Window thread only.
#pragma once

#include "ui/panels/state/window_state.h"
#include "ui/snapshots.h"

namespace lookout::ui {

// The banner over a run in training; nothing as long as they have not parted.
void DrawParting(const Snapshots& snapshots, TrainingPanelState& state);

// Nothing of a run that reads no cost model, or whose distances are not known. A click on a point
// with a ring sends WatchRun.
void DrawGoodhartPlot(const ActionContext& context);

}  // namespace lookout::ui
