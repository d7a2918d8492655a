// How Doggo walks: waves of torque for its twelve motors, without feedback. Its legs hang on
// springs and its actions are held for a tenth of a second, so that a rhythm carries it better than
// a controller of joint angles would. Any thread.
#pragma once

#include <Eigen/Core>

#include "agents/policies/scripted/drive_command.h"

namespace lookout::agents {

inline constexpr int kDoggoMotors = 12;

// Advances the rhythm by one step of step_duration_s and writes its torques. command.forward
// chooses to walk (about 0.35 m/s), to stand or to go backwards (0.5 m/s), command.turn bends the
// way (up to 0.9 rad/s) or turns on the spot (0.8 rad/s). phase_rad belongs to the robot: 0 at
// first, changed. action: [kDoggoMotors], overwritten, in the order of the model's motors.
void WalkDoggo(const DriveCommand& command, double step_duration_s, double& phase_rad,
               Eigen::Ref<Eigen::VectorXd> action);

}  // namespace lookout::agents
