#include "agents/overseer/stopping_reach.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lookout::agents {

StoppingReach::StoppingReach(const sim::EnvironmentConfig& config, const sim::EnvironmentSpec& spec,
                             const Fallback& fallback)
    : robot_(&fallback.robot()), step_duration_s_(spec.step_duration_s) {
  // Gremlins go round their circle at one radian per second.
  const double rest_after_s = robot_->braking.rest_after_steps * step_duration_s_;
  drift_m_ = config.gremlins_travel * rest_after_s + Surroundings::kSwing_m;
}

std::string StoppingReach::WhyItCannotTell(const sim::EnvironmentConfig& config) {
  const sim::Robot& robot = sim::DescriptorOf(config.robot_base);
  if (robot.braking.astray_m < 0.0) {
    return fmt::format("how {} comes to rest is not known beforehand", robot.name);
  }
  if (Surroundings::CanCostByItself(config)) return "other things may hit vases by themselves";
  return {};
}

// The way to rest against the brake's force and the damping: v' = -b - v / T.
double StoppingReach::StopsWithin(double speed_mps) const {
  const sim::RobotBraking& braking = robot_->braking;
  const double speed = std::abs(speed_mps);
  const double end_mps = braking.deceleration_mps2 * braking.coast_s;
  if (end_mps == 0.0) return braking.coast_s * speed;
  return braking.coast_s * (speed - end_mps * std::log1p(speed / end_mps));
}

bool StoppingReach::IsClear(const sim::SafetyGym& gym, const Surroundings& now,
                            double after_s) const {
  const double speed_mps = gym.robot_velocity_in_world().head<2>().norm();
  return IsClearFor(gym, now, after_s,
                    robot_->braking.astray_m + robot_->braking.astray_s * speed_mps);
}

bool StoppingReach::IsClearAfterAnyAction(const sim::SafetyGym& gym,
                                          const Surroundings& now) const {
  const double speed_mps = gym.robot_velocity_in_world().head<2>().norm();
  const sim::RobotBraking& braking = robot_->braking;
  return IsClearFor(gym, now, 0.0, braking.any_step_m + braking.any_step_s * speed_mps);
}

bool StoppingReach::IsClearFor(const sim::SafetyGym& gym, const Surroundings& now, double after_s,
                               double margin_m) const {
  if (robot_->braking.astray_m < 0.0 || now.can_cost_by_itself()) return false;
  const auto [x, y] = robot_->forward_in_body;
  const Eigen::Vector2d forward =
      (gym.world_from_robot_rotation() * Eigen::Vector3d(x, y, 0.0)).head<2>().normalized();
  const Eigen::Vector2d left(-forward.y(), forward.x());
  const Eigen::Vector2d position = gym.robot_position_in_world().head<2>();
  const Eigen::Vector2d velocity = gym.robot_velocity_in_world().head<2>();
  const double ahead_mps = velocity.dot(forward);
  const double ahead_m = std::copysign(StopsWithin(ahead_mps), ahead_mps);
  const double left_m = robot_->braking.coast_s * velocity.dot(left);
  for (const Surroundings::Thing& thing : now.things()) {
    const Eigen::Vector2d offset = now.PlaceOf(thing, after_s) - position;
    const double dx = offset.dot(forward);
    const double dy = offset.dot(left);
    const double off_x = dx - std::clamp(dx, std::min(0.0, ahead_m), std::max(0.0, ahead_m));
    const double off_y = dy - std::clamp(dy, std::min(0.0, left_m), std::max(0.0, left_m));
    const double needed_m = thing.reach_m + margin_m + (thing.moves ? drift_m_ : 0.0);
    if (off_x * off_x + off_y * off_y < needed_m * needed_m) return false;
  }
  return true;
}

}  // namespace lookout::agents
