// The figures and plots of two compared versions of the cost model. Window thread only.
#pragma once

#include "agents/feedback/evaluation/two_models.h"
#include "ui/panels/state/window_state.h"
#include "ui/snapshots.h"

namespace lookout::ui {

// A row for each figure, with the value of either version; the better one is set off.
void DrawVersionFigures(const agents::TwoModels& two);
// ROC curves over each other, and the calibration below, each of that height.
void DrawVersionCurves(const agents::TwoModels& two, const FitSnapshot& fit,
                       const VersionComparison& comparison, float height_px);
// True and learned cost of every episode. The reference that is shown has figures.
void DrawVersionCosts(const VersionComparison& comparison, VersionSheetState& state,
                      float height_px);

}  // namespace lookout::ui
