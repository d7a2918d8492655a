// The versions of the cost model of what is on screen: which is in use, what they are called, which
// were deleted. Window thread only.
#pragma once

#include "ui/commands.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

// Nothing while there is no version.
void DrawModelVersions(const FitSnapshot& fit, CommandSender& sender, CostModelPanelState& state);

}  // namespace lookout::ui
