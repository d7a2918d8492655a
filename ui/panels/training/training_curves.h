// The curves of the training runs that are shown. Window thread only.
#pragma once

#include "ui/panels/state/window_state.h"
#include "ui/snapshots.h"

namespace lookout::ui {

// Makes the curves anew if a shown run has reported, or others are shown.
void SyncCurves(const RunStore& runs, TrainingPanelState& state);

// The colour of that run's curve; muted if it is not shown.
ImU32 CurveColour(const TrainingCurves& curves, RunId run);

// Return, cost per episode against the limit, and what the updates did, one below the other. Runs
// that differ only in their seed are one curve with a band.
void DrawCurves(const ActionContext& context);

}  // namespace lookout::ui
