#include "sim/objects/object_kinds.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

namespace lookout::sim {
namespace {

// CIE 1976 L*a*b*, D65: distances in it are about as large as colours look different.
std::array<double, 3> Lab(Colour colour) {
  const auto linear = [](double c) {
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  const double r = linear(colour.red);
  const double g = linear(colour.green);
  const double b = linear(colour.blue);
  const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116.0; };
  const double x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const double y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const double z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return {116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)};
}

double Difference(Colour first, Colour second) {
  const auto a = Lab(first);
  const auto b = Lab(second);
  return std::sqrt(std::pow(a[0] - b[0], 2) + std::pow(a[1] - b[1], 2) + std::pow(a[2] - b[2], 2));
}

TEST_CASE("places and bodies come in Safety Gym's orders") {
  using K = SceneObjectKind;
  const std::vector<K> places{K::kRobot,  K::kWall, K::kGoal,   K::kBox,    K::kButton,
                              K::kHazard, K::kVase, K::kPillar, K::kGremlin};
  const std::vector<K> bodies{K::kRobot,  K::kVase,   K::kGremlin, K::kBox,    K::kGoal,
                              K::kHazard, K::kPillar, K::kWall,    K::kButton, K::kCircle};
  CHECK(std::ranges::equal(PlacementOrder(), places));
  CHECK(std::ranges::equal(BodyOrder(), bodies));
}

TEST_CASE("a kind has words, a count and a size, and a look unless it has a file of its own") {
  for (const SceneObjectKind kind : AllObjectKinds()) {
    CAPTURE(SceneObjectKindName(kind));
    const ObjectKind& known = DescriptorOf(kind);
    CHECK(known.one == SceneObjectKindName(kind));
    CHECK(!known.many.empty());
    CHECK(!known.option.empty());
    REQUIRE((known.count != nullptr));
    REQUIRE((known.size_m != nullptr));
    CHECK(known.body_rank >= 0);
    CHECK((known.placement != nullptr) == (known.placement_rank >= 0));
    if (known.shape == nullptr) continue;
    CHECK(!known.material.empty());
    CHECK(!known.original_material.empty());
    CHECK(known.is_dragged == !known.shadow_material.empty());
  }
}

TEST_CASE("every kind of cost has one rule, with words of its own") {
  std::set<std::string> names;
  for (int i = 0; i < kCostKindCount; ++i) {
    const auto kind = static_cast<CostKind>(i);
    const CostRule& rule = RuleOf(kind);
    CHECK(rule.kind == kind);
    names.insert(rule.name);
    const auto& costs = DescriptorOf(SourceOf(kind)).costs;
    CHECK(std::ranges::count(costs, kind, &CostRule::kind) == 1);
  }
  CHECK(names.size() == kCostKindCount);
}

TEST_CASE("two lidars of a legend differ in colour, and likely neighbours in shape") {
  std::set<int> levels;
  std::size_t lidars = 0;
  for (const SceneObjectKind first : AllObjectKinds()) {
    const ObjectKind& a = DescriptorOf(first);
    if (a.lidar.key.empty()) continue;
    ++lidars;
    levels.insert(a.lidar.level);
    for (const SceneObjectKind second : AllObjectKinds()) {
      const ObjectKind& b = DescriptorOf(second);
      if (first == second || b.lidar.key.empty()) continue;
      CAPTURE(a.one);
      CAPTURE(b.one);
      CHECK(Difference(a.colour, b.colour) >= 20.0);
    }
  }
  CHECK(levels.size() == lidars);
  const ObjectKind& hazard = DescriptorOf(SceneObjectKind::kHazard);
  const ObjectKind& vase = DescriptorOf(SceneObjectKind::kVase);
  CHECK(hazard.sign != vase.sign);
  CHECK(Difference(hazard.colour, vase.colour) >= 60.0);
}

}  // namespace
}  // namespace lookout::sim
