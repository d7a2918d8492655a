#include "agents/inspect/attacks/varied_worlds.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>

#include "sim/base/check.h"
#include "sim/objects/object_kinds.h"

namespace lookout::agents {
namespace {

using sim::Layout;
using sim::PlacementSlot;
using sim::Point2;

// So that rounding closes no distance, metres.
constexpr double kSlack_m = 1e-6;

bool MayMove(const sim::EnvironmentConfig& config, const PlacementSlot& slot) {
  const auto& locations = sim::DescriptorOf(slot.kind).placement(config).locations;
  return slot.kind != sim::SceneObjectKind::kGoal &&
         static_cast<std::size_t>(slot.index) >= locations.size();
}

// The rectangle that a place is in; any if it is in none.
const sim::Rectangle& RectangleAround(const PlacementSlot& slot, const Point2& place) {
  for (const sim::Rectangle& r : slot.rectangles) {
    if (place[0] >= r[0] && place[0] <= r[2] && place[1] >= r[1] && place[1] <= r[3]) return r;
  }
  return slot.rectangles.front();
}

// The share in [0, 1] of the way from `from` that stays `distance_m` clear of `other`: up to the
// smaller root of |from + t way - other|^2 = distance^2. Whoever is too near already stays.
double ShareClearOf(const Point2& from, const Point2& way, const Point2& other, double distance_m) {
  const Eigen::Vector2d apart(from[0] - other[0], from[1] - other[1]);
  const Eigen::Vector2d along(way[0], way[1]);
  const double spare = apart.squaredNorm() - distance_m * distance_m;
  const double closing = apart.dot(along);
  const double length = along.squaredNorm();
  if (closing >= 0.0 || length == 0.0) return 1.0;  // it goes away
  if (spare <= 0.0) return 0.0;
  const double discriminant = closing * closing - length * spare;
  if (discriminant <= 0.0) return 1.0;
  return std::min(1.0, (-closing - std::sqrt(discriminant)) / length);
}

}  // namespace

VariedWorlds::VariedWorlds(const sim::SafetyGym& gym, double reach_m)
    : config_(gym.config()), sampler_(config_), reach_m_(reach_m) {
  const auto& slots = sampler_.slots();
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto& placed = gym.setup().layout;
    const auto at = std::ranges::find(placed, slots[i].name, &sim::Placement::name);
    LOOKOUT_CHECK(at != placed.end(), "everything in a layout has a place");
    layout_.push_back({at->x_m, at->y_m});
    if (MayMove(config_, slots[i])) movers_.push_back(static_cast<int>(i));
  }
}

double VariedWorlds::ShareOfWay(int slot, const Point2& way, const Layout& layout) const {
  const auto& slots = sampler_.slots();
  double share = 1.0;
  for (int other = 0; other < static_cast<int>(slots.size()); ++other) {
    if (other == slot || slots[other].kind == sim::SceneObjectKind::kGoal) continue;
    const double distance =
        slots[slot].keepout_m + slots[other].keepout_m + config_.placements_margin + kSlack_m;
    share = std::min(share, ShareClearOf(layout[slot], way, layout[other], distance));
  }
  return share;
}

Layout VariedWorlds::PlacesAt(const Eigen::Ref<const Eigen::VectorXd>& point) const {
  LOOKOUT_CHECK(point.size() == dimensions(), "a number for each of what may change");
  Layout layout = layout_;
  for (std::size_t i = 0; i < movers_.size(); ++i) {
    const int slot = movers_[i];
    const sim::Rectangle& within = RectangleAround(sampler_.slots()[slot], layout_[slot]);
    Point2 way{};
    for (int axis = 0; axis < 2; ++axis) {
      const double wished = layout_[slot][axis] + reach_m_ * (2.0 * point[2 * i + axis] - 1.0);
      const auto [least, most] = std::minmax(within[axis], within[axis + 2]);
      way[axis] = std::clamp(wished, least, most) - layout[slot][axis];
    }
    const double share = ShareOfWay(slot, way, layout);
    for (int axis = 0; axis < 2; ++axis) layout[slot][axis] += share * way[axis];
  }
  return layout;
}

Result<sim::EnvironmentConfig> VariedWorlds::At(
    const Eigen::Ref<const Eigen::VectorXd>& point) const {
  const Layout layout = PlacesAt(point);
  nlohmann::json options = nlohmann::json::object();
  for (std::size_t i = 0; i < layout.size(); ++i) {
    const PlacementSlot& slot = sampler_.slots()[i];
    if (slot.kind == sim::SceneObjectKind::kGoal) continue;
    const std::string key = std::string(sim::DescriptorOf(slot.kind).option) + "_locations";
    options[key].push_back({layout[i][0], layout[i][1]});
  }
  options["robot_rot"] = std::numbers::pi * (2.0 * point[point.size() - 1] - 1.0);
  return sim::ChangeConfig(options, config_);
}

}  // namespace lookout::agents
