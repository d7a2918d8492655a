// Writes the world round the robot as MJCF: floor, light, objects. Places are filled in later, by
// World::Place. Sizes, densities and groups are Safety Gym's; what is only seen is ours. Any
// thread.
#pragma once

#include <string>

#include "sim/config/config.h"

namespace lookout::sim {

// The name under which the world includes the robot's own file.
inline constexpr char kRobotFile[] = "robot.xml";

std::string WorldMjcf(const EnvironmentConfig& config);

}  // namespace lookout::sim
