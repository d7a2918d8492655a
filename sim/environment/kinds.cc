#include "sim/environment/kinds.h"

#include <array>

namespace lookout::sim {

#define LOOKOUT_NAME(id, name) #name,

std::string_view SceneObjectKindName(SceneObjectKind kind) {
  static constexpr std::array<std::string_view, kSceneObjectKindCount> kNames{
      LOOKOUT_OBJECT_KINDS(LOOKOUT_NAME)};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view CostKindName(CostKind kind) {
  static constexpr std::array<std::string_view, kCostKindCount> kNames{
      LOOKOUT_COST_KINDS(LOOKOUT_NAME)};
  return kNames[static_cast<std::size_t>(kind)];
}

#undef LOOKOUT_NAME

}  // namespace lookout::sim
