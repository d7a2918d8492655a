#include "app/workers/player/safe_action.h"

#include <algorithm>

#include "sim/robots/robots.h"

namespace lookout::app {
namespace {

constexpr double kBrakePerSpeed = 0.8;  // of full force, for each metre per second

}  // namespace

SafeAction::SafeAction(const sim::SafetyGym& gym) {
  const sim::Robot& robot = sim::DescriptorOf(gym.config().robot_base);
  thrusts_ = robot.drive == sim::Drive::kForceAndTurn;
  full_action_ = robot.full_action;
  const auto [x, y] = robot.forward_in_body;
  forward_in_body_ = {x, y, 0.0};
}

void SafeAction::Brake(const sim::SafetyGym& gym, Eigen::VectorXd& action) const {
  action.setZero(gym.spec().action_dim);
  if (!thrusts_ || action.size() == 0) return;
  const Eigen::Vector3d heading = gym.world_from_robot_rotation() * forward_in_body_;
  const double speed = heading.dot(gym.robot_velocity_in_world());
  action[0] = std::clamp(-kBrakePerSpeed * speed, -1.0, 1.0);
}

}  // namespace lookout::app
