#include "sim/objects/object_kinds.h"

#include <algorithm>

#include "sim/base/check.h"

namespace lookout::sim {

namespace {

#define LOOKOUT_POINTER(id, name) &k##id##Object,
constexpr std::array<const ObjectKind*, kSceneObjectKindCount> kObjectKinds{
    LOOKOUT_OBJECT_KINDS(LOOKOUT_POINTER)};
#undef LOOKOUT_POINTER

#define LOOKOUT_VALUE(id, name) SceneObjectKind::k##id,
constexpr std::array kAllKinds{LOOKOUT_OBJECT_KINDS(LOOKOUT_VALUE)};
#undef LOOKOUT_VALUE

// The kinds that have such a rank, by it.
std::vector<SceneObjectKind> Ordered(int ObjectKind::*rank) {
  std::vector<SceneObjectKind> kinds;
  for (const SceneObjectKind kind : kAllKinds) {
    if (DescriptorOf(kind).*rank >= 0) kinds.push_back(kind);
  }
  std::ranges::stable_sort(kinds, {},
                           [&](SceneObjectKind kind) { return DescriptorOf(kind).*rank; });
  return kinds;
}

struct RuleAndSource {
  const CostRule* rule = nullptr;
  SceneObjectKind source = SceneObjectKind::kRobot;
};

RuleAndSource Find(CostKind kind) {
  static const auto rules = [] {
    std::array<RuleAndSource, kCostKindCount> table;
    for (const SceneObjectKind object : kAllKinds) {
      for (const CostRule& rule : DescriptorOf(object).costs) {
        table[static_cast<std::size_t>(rule.kind)] = {&rule, object};
      }
    }
    for (const RuleAndSource& found : table) {
      LOOKOUT_CHECK(found.rule != nullptr, "a kind of cost that no object produces");
    }
    return table;
  }();
  return rules[static_cast<std::size_t>(kind)];
}

}  // namespace

const ObjectKind& DescriptorOf(SceneObjectKind kind) {
  return *kObjectKinds[static_cast<std::size_t>(kind)];
}

const CostRule& RuleOf(CostKind kind) { return *Find(kind).rule; }

SceneObjectKind SourceOf(CostKind kind) { return Find(kind).source; }

std::span<const SceneObjectKind> AllObjectKinds() { return kAllKinds; }

std::span<const SceneObjectKind> PlacementOrder() {
  static const std::vector<SceneObjectKind> order = Ordered(&ObjectKind::placement_rank);
  return order;
}

std::span<const SceneObjectKind> BodyOrder() {
  static const std::vector<SceneObjectKind> order = Ordered(&ObjectKind::body_rank);
  return order;
}

}  // namespace lookout::sim
