#include "agents/policies/scripted/robot_drive.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "agents/policies/scripted/doggo_gait.h"

namespace lookout::agents {
namespace {

double Clipped(double value) { return std::clamp(value, -1.0, 1.0); }

}  // namespace

Result<RobotDrive> RobotDrive::For(sim::RobotKind robot, const sim::EnvironmentSpec& spec) {
  const sim::Robot& kind = sim::DescriptorOf(robot);
  if (kind.drive == sim::Drive::kNone) {
    return BadInput("Nobody knows how to steer the robot " + std::string(kind.name) +
                    ": choose the random agent.");
  }
  if (spec.action_dim != kind.action_dim) {
    return BadInput(
        fmt::format("The robot of {} has {} motors where its kind has {}, so nobody knows how to "
                    "steer it: choose the random agent.",
                    spec.id, spec.action_dim, kind.action_dim));
  }
  return RobotDrive(kind, spec.step_duration_s);
}

double RobotDrive::forward_angle_rad() const {
  const auto [x, y] = robot_->forward_in_body;
  return std::atan2(y, x);
}

void RobotDrive::Act(const DriveCommand& command, DriveMemory& memory,
                     Eigen::VectorXd& action) const {
  action.resize(robot_->action_dim);
  switch (robot_->drive) {
    case sim::Drive::kForceAndTurn:
      action << Clipped(command.forward), Clipped(command.turn);
      return;
    case sim::Drive::kTwoWheels:
      action << robot_->full_action * Clipped(command.forward + command.turn),
          robot_->full_action * Clipped(command.forward - command.turn);
      return;
    case sim::Drive::kGait:
      WalkDoggo(command, step_duration_s_, memory.phase_rad, action);
      return;
    case sim::Drive::kNone:
      break;  // For() has refused it
  }
}

}  // namespace lookout::agents
