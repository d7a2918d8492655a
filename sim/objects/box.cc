#include "sim/objects/object_kinds.h"

namespace lookout::sim {

constinit const ObjectKind kBoxObject{
    .one = "box",
    .many = "boxes",
    .option = "box",
    .is_single = true,
    .count = [](const EnvironmentConfig& c) { return c.task == Task::kPush ? 1 : 0; },
    .placement = [](const EnvironmentConfig& c) -> PlacementRule {
      return {c.box_placements, c.box_locations, c.box_keepout};
    },
    .size_m = [](const EnvironmentConfig& c) { return c.box_size; },
    .placement_rank = 3,
    .body_rank = 3,
    .is_free = true,
    .has_posts = true,
    .geom_group = 1,
    .shape = [](const EnvironmentConfig& c) -> ObjectShape {
      const double size_m = c.box_size;
      return {"box", {size_m, size_m, size_m}, size_m, c.box_density};
    },
    .material = "rgba=\"0.94 0.89 0.26 1\" specular=\"0.3\" shininess=\"0.4\"",
    .original_material = "rgba=\"1 1 0 1\"",
    .lidar = {"box_lidar", &EnvironmentConfig::observe_box_lidar, false, 0},
    .colour = {0.941F, 0.894F, 0.259F},
    .sign = ObjectSign::kSquare,
};

}  // namespace lookout::sim
