// What an action asks of a robot with wheels or a thruster, as forward and turn, for the arrows of
// the view. Any thread.
#pragma once

#include <Eigen/Core>
#include <optional>

#include "sim/config/config.h"

namespace lookout::ui {

struct DriveReading {
  double forward = 0.0;  // -1 to 1
  double turn = 0.0;     // -1 to 1, positive to the left
};

// None for Doggo, whose twelve torques are no direction, and for step 0, which has no action.
std::optional<DriveReading> ReadDrive(sim::RobotKind robot,
                                      const Eigen::Ref<const Eigen::VectorXd>& action);

// Where the robot goes at forward = 1, as a unit vector in its own frame.
Eigen::Vector3d ForwardInBody(sim::RobotKind robot);

}  // namespace lookout::ui
