// A robot that is stronger, heavier or looser than its file says. Pure function; any thread. Only
// sim/*.cc and tests include this header.
#pragma once

#include "sim/config/config.h"
#include "sim/solver/mujoco_handles.h"

namespace lookout::sim {

// Multiplies what the robot_*_scale options of the configuration name, of every body that hangs on
// robot_body. Whoever calls has MuJoCo redo what it derives (mj_setConst). At 1 nothing is touched.
void ScaleRobot(const EnvironmentConfig& config, int robot_body, mjModel& model);

}  // namespace lookout::sim
