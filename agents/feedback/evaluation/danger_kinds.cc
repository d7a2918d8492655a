#include "agents/feedback/evaluation/danger_kinds.h"

#include "sim/base/check.h"
#include "sim/objects/object_kinds.h"

namespace lookout::agents {

std::string_view DangerKindName(std::size_t kind) {
  LOOKOUT_CHECK(kind < kDangerKindCount, "a kind of danger");
  if (kind == kOtherDanger) return "other";
  return sim::DescriptorOf(static_cast<sim::SceneObjectKind>(kind)).one;
}

DangerKinds DangersOf(const sim::Costs& costs) {
  DangerKinds kinds;
  if (!(costs.total > 0.0)) return kinds;
  for (std::size_t i = 0; i < costs.by_kind.size(); ++i) {
    if (!(costs.by_kind[i] > 0.0)) continue;
    kinds.set(static_cast<std::size_t>(sim::SourceOf(static_cast<sim::CostKind>(i))));
  }
  if (kinds.none()) kinds.set(kOtherDanger);
  return kinds;
}

DangerLidars::DangerLidars(const sim::ObservationSignature& signature) {
  Eigen::Index offset = 0;
  for (const sim::ObservationSignature::Entry& entry : signature.entries()) {
    for (const sim::SceneObjectKind kind : sim::AllObjectKinds()) {
      const sim::ObjectKind& descriptor = sim::DescriptorOf(kind);
      if (descriptor.costs.empty() || descriptor.lidar.key != entry.key) continue;
      lidars_.push_back({static_cast<std::size_t>(kind), offset, entry.size});
    }
    offset += entry.size;
  }
}

std::optional<std::size_t> DangerLidars::Nearest(
    const Eigen::Ref<const Eigen::VectorXf>& observation) const {
  std::optional<std::size_t> nearest;
  float closest = 0.0F;
  for (const Lidar& lidar : lidars_) {
    if (lidar.bins == 0 || lidar.offset + lidar.bins > observation.size()) continue;
    const float closeness = observation.segment(lidar.offset, lidar.bins).maxCoeff();
    if (!(closeness > closest)) continue;
    closest = closeness;
    nearest = lidar.kind;
  }
  return nearest;
}

}  // namespace lookout::agents
