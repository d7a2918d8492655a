// What the learned cost knows: labels, fitting, quality on held-out episodes, versions, and where
// marks contradict each other. Window thread only.
#pragma once

#include "ui/commands.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

void DrawCostModelPanel(const Snapshots& snapshots, CommandSender& sender, MarksState& marks,
                        CostModelPanelState& state);

}  // namespace lookout::ui
