#include "agents/overseer/fallback.h"

#include <fmt/format.h>

#include <algorithm>

namespace lookout::agents {

Result<Fallback> Fallback::Create(const sim::EnvironmentConfig& config,
                                  const sim::EnvironmentSpec& spec) {
  const sim::Robot& robot = sim::DescriptorOf(config.robot_base);
  if (spec.action_dim != robot.action_dim) {
    return BadInput(
        fmt::format("The robot of {} has {} motors where its kind, {}, has {}, so nobody knows how "
                    "to stop it; choose an overseer that only ends episodes.",
                    spec.id, spec.action_dim, robot.name, robot.action_dim));
  }
  return Fallback(robot);
}

void Fallback::Brake(const sim::SafetyGym& gym, Eigen::VectorXd& action) const {
  action.setZero(robot_->action_dim);
  const sim::RobotBraking& braking = robot_->braking;
  if (braking.throttle_per_mps == 0.0) return;
  const auto [x, y] = robot_->forward_in_body;
  const Eigen::Vector3d forward = gym.world_from_robot_rotation() * Eigen::Vector3d(x, y, 0.0);
  const double speed_mps = forward.dot(gym.robot_velocity_in_world());
  action[0] = std::clamp(-braking.throttle_per_mps * speed_mps, -1.0, 1.0);
}

}  // namespace lookout::agents
