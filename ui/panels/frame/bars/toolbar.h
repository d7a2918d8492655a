// The bar at the top: playing, speed, mode, environment, seed, agent, help. Window thread only.
#pragma once

#include <string>

#include "ui/commands.h"
#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

// Of the live episode, whose environment, seed and agent the bar has; while another one is on
// screen it says so: "Live: PointGoal1".
std::string LiveEnvironmentName(const Snapshots& snapshots);

void DrawToolbar(const Snapshots& snapshots, CommandSender& sender, const WindowInputs& inputs,
                 WindowState& window);

}  // namespace lookout::ui
