#include "agents/overseer/danger_ahead.h"

#include <algorithm>

#include "sim/objects/object_kinds.h"
#include "sim/robots/robots.h"

namespace lookout::agents {
namespace {

// Below this it stands, as far as an eye can tell.
constexpr double kStandstill_mps = 0.02;

}  // namespace

DangerAhead::DangerAhead(const sim::EnvironmentConfig& config, double foresight_s, double margin_m)
    : config_(config), foresight_s_(foresight_s), margin_m_(margin_m) {}

double DangerAhead::ReachOf(const sim::SceneObject& object) const {
  const sim::ObjectKind& kind = sim::DescriptorOf(object.kind);
  const bool costs = std::ranges::any_of(
      kind.costs, [this](const sim::CostRule& rule) { return rule.charged(config_); });
  if (!costs) return -1.0;
  // A box reaches furthest at its corners, which whoever watches keeps clear of anyway.
  const double body_m = sim::DescriptorOf(config_.robot_base).handling.body_m;
  return object.radius_m + (kind.clearance.from_centre ? 0.0 : body_m) + margin_m_;
}

void DangerAhead::ReadScene(const std::vector<sim::SceneObject>& objects) {
  reach_m_.clear();
  is_button_.clear();
  for (const sim::SceneObject& object : objects) {
    reach_m_.push_back(ReachOf(object));
    is_button_.push_back(object.kind == sim::SceneObjectKind::kButton && reach_m_.back() >= 0.0);
  }
  has_buttons_ = std::ranges::count(is_button_, true) > 0;
  dangers_.assign(objects.size(), false);
}

const std::vector<bool>& DangerAhead::Look(const sim::SafetyGym& gym) {
  const auto& objects = gym.scene().objects;
  if (reach_m_.size() != objects.size()) ReadScene(objects);
  if (has_buttons_) gym.Save(state_);
  gym.ObjectPositions(positions_);
  const Eigen::Vector2d robot = gym.robot_position_in_world().head<2>();
  const Eigen::Vector2d velocity = gym.robot_velocity_in_world().head<2>();
  const double speed = velocity.norm();
  for (std::size_t i = 0; i < objects.size(); ++i) {
    dangers_[i] = false;
    if (reach_m_[i] < 0.0 || speed < kStandstill_mps) continue;
    const bool asleep = state_.button_timer != 0 || objects[i].index == state_.goal_button;
    if (is_button_[i] && asleep) continue;
    const Eigen::Vector2d to = positions_.col(static_cast<Eigen::Index>(i)).head<2>() - robot;
    const double ahead_m = to.dot(velocity) / speed;  // of the nearest point of the straight path
    if (ahead_m <= 0.0) continue;                     // it moves away
    const double nearest_m = std::min(ahead_m, speed * foresight_s_);
    const Eigen::Vector2d then = to - velocity / speed * nearest_m;
    dangers_[i] = then.norm() <= reach_m_[i];
  }
  return dangers_;
}

}  // namespace lookout::agents
