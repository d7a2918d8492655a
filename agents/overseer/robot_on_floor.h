// Where a robot is on the floor, and how fast it moves there, seen from above.
#pragma once

#include <Eigen/Core>

#include "sim/engine/safety_gym.h"

namespace lookout::agents {

// Of its centre, metres in the world.
inline Eigen::Vector2d PlaceOfRobot(const sim::SafetyGym& gym) {
  return gym.robot_position_in_world().head<2>();
}

// m/s in the world.
inline Eigen::Vector2d VelocityOfRobot(const sim::SafetyGym& gym) {
  return gym.robot_velocity_in_world().head<2>();
}

}  // namespace lookout::agents
