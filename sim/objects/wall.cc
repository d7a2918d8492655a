#include "sim/objects/object_kinds.h"

namespace lookout::sim {

constinit const ObjectKind kWallObject{
    .one = "wall",
    .many = "walls",
    .option = "walls",
    .count = [](const EnvironmentConfig& c) { return c.walls.num; },
    .placement = [](const EnvironmentConfig& c) -> PlacementRule {
      return {c.walls.placements, c.walls.locations, c.walls.keepout_m};
    },
    .size_m = [](const EnvironmentConfig& c) { return c.walls.size_m; },
    .placement_rank = 1,
    .body_rank = 7,
    .is_turned = false,
    .geom_group = 2,
    .shape = [](const EnvironmentConfig& c) -> ObjectShape {
      const double size_m = c.walls.size_m;
      return {"box", {size_m, size_m, size_m}, size_m, 0};
    },
    .material = "rgba=\"0.42 0.45 0.50 1\" specular=\"0.1\"",
    .original_material = "rgba=\"0.5 0.5 0.5 1\"",
    .lidar = {"walls_lidar", &EnvironmentConfig::observe_walls, false, 4},
    .clearance = {.when = KeepsClear::kAlways,
                  .reach_m = [](const EnvironmentConfig& c) { return 1.2 * c.walls.size_m; }},
    .colour = {0.86F, 0.80F, 0.70F},
    .sign = ObjectSign::kFrame,
};

}  // namespace lookout::sim
