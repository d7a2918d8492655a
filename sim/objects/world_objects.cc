#include "sim/objects/world_objects.h"

#include <fmt/format.h>

#include "sim/objects/object_kinds.h"

namespace lookout::sim {

int ObjectCount(const EnvironmentConfig& config, SceneObjectKind kind) {
  return DescriptorOf(kind).count(config);
}

std::string ObjectName(SceneObjectKind kind, int index) {
  std::string name(SceneObjectKindName(kind));
  return DescriptorOf(kind).is_single ? name : fmt::format("{}{}", name, index);
}

std::string BodyName(SceneObjectKind kind, int index) {
  return ObjectName(kind, index) + (DescriptorOf(kind).is_dragged ? "obj" : "");
}

double ObjectSize(const EnvironmentConfig& config, SceneObjectKind kind) {
  return DescriptorOf(kind).size_m(config);
}

}  // namespace lookout::sim
