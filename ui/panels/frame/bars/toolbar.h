// The bar at the top: playing, speed, mode, environment, seed, agent, help. Window thread only.
#pragma once

#include <string>

#include "ui/commands.h"
#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

// Environment and agent of the live episode, which say so while another one is on screen: "Live:
// PointGoal1".
struct LiveNames {
  std::string environment;
  std::string agent;
};
LiveNames LiveNamesOf(const Snapshots& snapshots);

void DrawToolbar(const Snapshots& snapshots, CommandSender& sender, const WindowInputs& inputs,
                 WindowState& window);

}  // namespace lookout::ui
