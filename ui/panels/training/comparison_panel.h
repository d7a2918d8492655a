// Chooses two agents, has both play one seed through to be compared, and looks for what the second
// does newly. Window thread only.
#pragma once

#include "ui/commands.h"
#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/window_state.h"
#include "ui/snapshots.h"

namespace lookout::ui {

// Fills the width of the current ImGui window. Sends PairedRollout, and CancelPairedRollout while
// both are being played, and as DrawNewWays.
void DrawComparisonPanel(const Snapshots& snapshots, CommandSender& sender,
                         const WindowInputs& inputs, ComparisonPanelState& state);

}  // namespace lookout::ui
