// An environment in which an episode begins at a counterexample. Any thread.
#pragma once

#include <string>

#include "sim/engine/safety_gym.h"

namespace lookout::app {

struct RobotPose {
  double x_m = 0.0;
  double y_m = 0.0;
  double heading_rad = 0.0;
};

// The configuration of the world, as sim::ParseConfigText reads it, with everything where it stands
// in this episode and the robot in that pose, at rest. It has no keep-outs and charges nothing, as
// no layout may offend one and no episode begin with a cost. In a task with buttons the one to
// press is drawn anew. gym: after a Reset.
std::string WorldFrom(const sim::SafetyGym& gym, const RobotPose& pose);

}  // namespace lookout::app
