// Steers any robot by "forward" and "turn": for the person at the keys and for scripts. A value;
// const use from any thread.
#pragma once

#include <Eigen/Core>

#include "agents/policies/scripted/drive_command.h"
#include "sim/environment/environment.h"
#include "sim/robots/robots.h"

namespace lookout::agents {

// What the drive of one robot remembers between steps.
struct DriveMemory {
  double phase_rad = 0.0;  // of Doggo's gait
};

class RobotDrive {
 public:
  // Rejects (kBadInput) a robot that nobody knows how to steer, or with other motors than its kind.
  static Result<RobotDrive> For(sim::RobotKind robot, const sim::EnvironmentSpec& spec);

  // Where the robot goes at forward = 1, from the x axis of its body, counter-clockwise.
  double forward_angle_rad() const;

  // action: [action_dim], overwritten, in [-1, 1]; see sim::Drive.
  void Act(const DriveCommand& command, DriveMemory& memory, Eigen::VectorXd& action) const;

  const sim::Robot& robot() const { return *robot_; }

 private:
  RobotDrive(const sim::Robot& robot, double step_duration_s)
      : robot_(&robot), step_duration_s_(step_duration_s) {}

  const sim::Robot* robot_;
  double step_duration_s_;
};

}  // namespace lookout::agents
