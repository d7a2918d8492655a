// The way round what is in the way. Any thread.
#pragma once

#include <vector>

#include "agents/policies/scripted/perception.h"

namespace lookout::agents {

struct Obstacle {
  Sighting at;
  double clearance_m = 0.0;  // between its centre and the robot's
};

// The course nearest to `wanted_rad` that keeps clear of the obstacles over the next look_ahead_m,
// in radians from the direction of travel. An obstacle that is too near already asks only for not
// going nearer.
double ClearCourse(double wanted_rad, double look_ahead_m, const std::vector<Obstacle>& obstacles);

}  // namespace lookout::agents
