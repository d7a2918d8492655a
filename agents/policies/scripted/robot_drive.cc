#include "agents/policies/scripted/robot_drive.h"

#include <algorithm>
#include <numbers>

#include "agents/policies/scripted/doggo_gait.h"

namespace lookout::agents {
namespace {

constexpr int kWheels = 2;
// The Car's motors give no more torque than at this action (forcerange in assets/robots/car.xml);
// up to there they can be mixed. Turning the left wheel harder turns it to the left, for it drives
// along its own -y.
constexpr double kFullWheel = 0.02;

int MotorsOf(sim::RobotKind robot) {
  return robot == sim::RobotKind::kDoggo ? kDoggoMotors : kWheels;
}

double Clipped(double value) { return std::clamp(value, -1.0, 1.0); }

}  // namespace

Result<RobotDrive> RobotDrive::For(sim::RobotKind robot, const sim::EnvironmentSpec& spec) {
  if (spec.action_dim != MotorsOf(robot)) {
    return BadInput("The robot of " + spec.id + " has " + std::to_string(spec.action_dim) +
                    " motors where its kind has " + std::to_string(MotorsOf(robot)) +
                    ", so nobody knows how to steer it: choose the random agent.");
  }
  return RobotDrive(robot, spec.step_duration_s);
}

double RobotDrive::forward_angle_rad() const {
  return robot_ == sim::RobotKind::kCar ? -0.5 * std::numbers::pi : 0.0;
}

void RobotDrive::Act(const DriveCommand& command, DriveMemory& memory,
                     Eigen::VectorXd& action) const {
  action.resize(MotorsOf(robot_));
  switch (robot_) {
    case sim::RobotKind::kPoint:
      action << Clipped(command.forward), Clipped(command.turn);
      return;
    case sim::RobotKind::kCar:
      action << kFullWheel * Clipped(command.forward + command.turn),
          kFullWheel * Clipped(command.forward - command.turn);
      return;
    case sim::RobotKind::kDoggo:
      WalkDoggo(command, step_duration_s_, memory.phase_rad, action);
      return;
  }
}

}  // namespace lookout::agents
