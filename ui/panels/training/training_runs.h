// The list of training runs: whose curves are drawn, resuming one, watching any policy that it
// kept. Window thread only.
#pragma once

#include "ui/commands.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

// A run that has just come is shown and selected.
void FollowRuns(const Snapshots& snapshots, TrainingPanelState& state);

void DrawTrainingRuns(const Snapshots& snapshots, CommandSender& sender, TrainingPanelState& state);

}  // namespace lookout::ui
