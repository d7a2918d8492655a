// The bar at the top: playing, speed, mode, environment, seed, agent, help. Window thread only.
#pragma once

#include "ui/commands.h"
#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

void DrawToolbar(const Snapshots& snapshots, CommandSender& sender, const WindowInputs& inputs,
                 WindowState& window);

}  // namespace lookout::ui
