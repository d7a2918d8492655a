// The list of training runs: whose curves are drawn, resuming one, watching any policy that it
// kept. Window thread only.
#pragma once

#include <vector>

#include "ui/panels/state/window_state.h"

namespace lookout::ui {

// A run that has just come is shown and selected.
void FollowRuns(const Snapshots& snapshots, TrainingPanelState& state);

// The rows that are listed, in their order, as indices of the store's runs.
std::vector<int> ListedRuns(const Snapshots& snapshots, const ListFilter& filter);

void DrawTrainingRuns(const ActionContext& context);

}  // namespace lookout::ui
