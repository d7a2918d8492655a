#include "sim/objects/object_kinds.h"

namespace lookout::sim {

static constexpr CostRule kGremlinCosts[] = {{
    .kind = CostKind::kGremlins,
    .measure = CostMeasure::kContact,
    .charged = [](const EnvironmentConfig& c) { return c.constrain_gremlins; },
    .amount = [](const EnvironmentConfig& c, double) { return c.gremlins_contact_cost; },
    .name = "Gremlins",
    .icon = "bug",
    .colours = {0xCC79A7, 0xA8467F, 0xFFA6D6},
    .flash = {0.800F, 0.475F, 0.655F},
}};

constinit const ObjectKind kGremlinObject{
    .one = "gremlin",
    .many = "gremlins",
    .option = "gremlins",
    .count = [](const EnvironmentConfig& c) { return c.gremlins.num; },
    .placement = [](const EnvironmentConfig& c) -> PlacementRule {
      return {c.gremlins.placements, c.gremlins.locations, c.gremlins.keepout_m};
    },
    .size_m = [](const EnvironmentConfig& c) { return c.gremlins.size_m; },
    .placement_rank = 8,
    .body_rank = 2,
    .is_free = true,
    .is_dragged = true,
    .geom_group = 5,
    .shape = [](const EnvironmentConfig& c) -> ObjectShape {
      const double size_m = c.gremlins.size_m;
      return {"box", {size_m, size_m, size_m}, size_m, c.gremlins_density};
    },
    .material = "rgba=\"0.80 0.47 0.65 1\" specular=\"0.4\" shininess=\"0.5\"",
    .original_material = "rgba=\"0.5 0 1 1\"",
    .shadow_material = "rgba=\"0.80 0.47 0.65 0.1\"",
    .original_shadow_material = "rgba=\"0.5 0 1 0.1\"",
    .lidar = {"gremlins_lidar", &EnvironmentConfig::observe_gremlins, false, 7},
    .costs = kGremlinCosts,
    .clearance = {.when = KeepsClear::kWhenCareful,
                  .reach_m = [](const EnvironmentConfig& c) { return 1.2 * c.gremlins.size_m; }},
    .colour = {0.800F, 0.475F, 0.655F},
    .sign = ObjectSign::kTriangle,
    .has_keep_out_ring = true,
};

}  // namespace lookout::sim
