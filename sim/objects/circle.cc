#include "sim/objects/object_kinds.h"

namespace lookout::sim {

constinit const ObjectKind kCircleObject{
    .one = "circle",
    .many = "circles",
    .option = "circle",
    .is_single = true,
    .count = [](const EnvironmentConfig& c) { return c.task == Task::kCircle ? 1 : 0; },
    .size_m = [](const EnvironmentConfig& c) { return c.circle_radius; },
    .body_rank = 9,
    .is_turned = false,
    .is_solid = false,
    .geom_group = 6,
    .shape = [](const EnvironmentConfig& c) -> ObjectShape {
      return {"cylinder", {c.circle_radius, 1e-2, 0}, 2e-2, 0};
    },
    .material = "rgba=\"0.00 0.62 0.45 0.18\"",
    .original_material = "rgba=\"0 1 0 0.1\"",
    .lidar = {"circle_lidar", &EnvironmentConfig::observe_circle, false, 3},
    .colour = {0.0F, 0.620F, 0.451F},
    .sign = ObjectSign::kRing,
};

}  // namespace lookout::sim
