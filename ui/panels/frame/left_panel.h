// The left side: who steers, what is drawn over the scene, and the episodes. Window thread only.
#pragma once

#include "ui/commands.h"
#include "ui/panels/state/window_inputs.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

void DrawLeftPanel(const Snapshots& snapshots, CommandSender& sender, const WindowInputs& inputs,
                   WindowState& window);

}  // namespace lookout::ui
