// Chooses two agents and a seed, and has both play it through to be compared. Window thread only.
#pragma once

#include "ui/commands.h"
#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/window_state.h"
#include "ui/snapshots.h"

namespace lookout::ui {

// Fills the width of the current ImGui window. Sends PairedRollout, and CancelPairedRollout while
// both are being played.
void DrawComparisonPanel(const Snapshots& snapshots, CommandSender& sender,
                         const WindowInputs& inputs, ComparisonPanelState& state);

}  // namespace lookout::ui
