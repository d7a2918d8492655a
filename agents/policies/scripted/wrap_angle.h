// Angles as turns to the left or right. Any thread.
#pragma once

#include <cmath>
#include <numbers>

namespace lookout::agents {

// The same direction, in [-pi, pi].
inline double WrapAngle(double angle_rad) {
  return std::remainder(angle_rad, 2.0 * std::numbers::pi);
}

}  // namespace lookout::agents
