// Where a robot stands on the floor. A value; any thread.
#pragma once

#include "sim/engine/safety_gym.h"

namespace lookout::agents {

struct RobotPose {
  double x_m = 0.0;  // world frame
  double y_m = 0.0;
  double heading_rad = 0.0;  // of straight ahead, from the world's x axis, counter-clockwise
};

RobotPose PoseOf(const sim::SafetyGym& world);

}  // namespace lookout::agents
