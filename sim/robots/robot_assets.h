// The robots' MJCF from assets/robots, built into the program so that it runs from anywhere.
// Any thread.
#pragma once

#include <string_view>

#include "sim/config/config.h"

namespace lookout::sim {

// The MJCF of a robot, or "" if this program has none for it.
std::string_view RobotMjcf(RobotKind robot);

// "point", "car", "doggo".
std::string_view RobotName(RobotKind robot);

}  // namespace lookout::sim
