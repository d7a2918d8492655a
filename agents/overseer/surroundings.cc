#include "agents/overseer/surroundings.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/objects/object_kinds.h"
#include "sim/objects/world_objects.h"
#include "sim/robots/robots.h"

namespace lookout::agents {
namespace {

using sim::CostMeasure;
using sim::ObjectKind;
using sim::SceneObjectKind;

bool IsCharged(const ObjectKind& kind, const sim::EnvironmentConfig& config) {
  return std::ranges::any_of(kind.costs,
                             [&](const sim::CostRule& rule) { return rule.charged(config); });
}

bool IsByDistance(const ObjectKind& kind) {
  return std::ranges::all_of(
      kind.costs, [](const sim::CostRule& rule) { return rule.measure == CostMeasure::kDistance; });
}

bool IsSparedAtTimes(const ObjectKind& kind) {
  return std::ranges::any_of(kind.costs,
                             [](const sim::CostRule& rule) { return rule.spares_goal_button; });
}

// Corners stick out of a half-size, and posts out of corners.
double OutlineOf(const ObjectKind& kind, double size_m) {
  return size_m * std::numbers::sqrt2 * (kind.has_posts ? 1.3 : 1.0);
}

}  // namespace

bool Surroundings::CanCostByItself(const sim::EnvironmentConfig& config) {
  const auto is_there = [&](SceneObjectKind kind) { return sim::ObjectCount(config, kind) > 0; };
  return config.constrain_vases && is_there(SceneObjectKind::kVase) &&
         (is_there(SceneObjectKind::kBox) || is_there(SceneObjectKind::kGremlin));
}

Surroundings::Surroundings(const sim::EnvironmentConfig& config, const sim::SafetyGym& gym)
    : travel_m_(config.gremlins_travel), can_cost_by_itself_(CanCostByItself(config)) {
  const double robot_m = sim::DescriptorOf(config.robot_base).braking.outer_m;
  const auto& objects = gym.scene().objects;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const ObjectKind& kind = sim::DescriptorOf(objects[i].kind);
    const bool costs = IsCharged(kind, config);
    if (objects[i].kind == SceneObjectKind::kRobot || !(costs || kind.is_solid)) continue;
    const double size_m = sim::ObjectSize(config, objects[i].kind);
    const bool by_distance = costs && IsByDistance(kind);
    things_.push_back({.object = static_cast<int>(i),
                       .reach_m = by_distance ? size_m : OutlineOf(kind, size_m) + robot_m,
                       .costs = costs,
                       .by_distance = by_distance,
                       .may_be_touched = !costs || IsSparedAtTimes(kind),
                       .moves = kind.is_dragged,
                       .is_loose = kind.is_free && !kind.is_dragged});
    has_moving_ = has_moving_ || kind.is_dragged;
  }
}

void Surroundings::See(const sim::SafetyGym& gym) {
  gym.ObjectPositions(places_in_world_);
  if (has_moving_) gym.Save(state_);
}

Eigen::Vector2d Surroundings::PlaceOf(const Thing& thing, double after_s) const {
  Eigen::Vector2d place = places_in_world_.col(thing.object).head<2>();
  if (!thing.moves) return place;
  const double now = state_.time_s;
  const double then = now + after_s;
  place.x() += travel_m_ * (std::sin(then) - std::sin(now));
  place.y() += travel_m_ * (std::cos(then) - std::cos(now));
  return place;
}

bool Surroundings::MayPush(const Eigen::Vector2d& robot_in_world) const {
  return std::ranges::any_of(things_, [&](const Thing& thing) {
    return !thing.by_distance && GapTo(thing, robot_in_world) < kTouching_m;
  });
}

double Surroundings::ClearanceOf(const Eigen::Vector2d& robot_in_world, double after_s) const {
  double clearance_m = 100.0;
  for (const Thing& thing : things_) {
    if (!thing.costs) continue;
    const double distance_m = (PlaceOf(thing, after_s) - robot_in_world).norm();
    clearance_m = std::min(clearance_m, distance_m - thing.reach_m);
  }
  return clearance_m;
}

}  // namespace lookout::agents
