// The bar at the top: playing, speed, mode, environment, seed, agent, help. Window thread only.
#pragma once

#include "ui/commands.h"
#include "ui/panels/window_inputs.h"
#include "ui/panels/window_state.h"

namespace lookout::ui {

void DrawToolbar(const Snapshots& snapshots, CommandSender& sender, const WindowInputs& inputs,
                 WindowState& window);

// "Safexp-PointGoal1-v0" -> "PointGoal1".
std::string_view ShortEnvironmentName(std::string_view id);

}  // namespace lookout::ui
