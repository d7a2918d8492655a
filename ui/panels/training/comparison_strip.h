// What two compared episodes have earned and cost so far, in a strip above the 3-D view, with the
// ways to swap them and to leave. Window thread only.
#pragma once

#include "ui/panels/state/keymap.h"
#include "ui/snapshots.h"

namespace lookout::ui {

// What the strip needs, in pixels; 0 while nothing is compared, or costs are hidden.
float ComparisonHeight(const Snapshots& snapshots);

// Fills the current ImGui window. Sends SwapComparison and EndComparison.
void DrawComparisonStrip(const ActionContext& context);

}  // namespace lookout::ui
