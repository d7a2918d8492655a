#include "sim/objects/object_kinds.h"

namespace lookout::sim {

static constexpr CostRule kPillarCosts[] = {{
    .kind = CostKind::kPillars,
    .measure = CostMeasure::kContact,
    .charged = [](const EnvironmentConfig& c) { return c.constrain_pillars; },
    .amount = [](const EnvironmentConfig& c, double) { return c.pillars_cost; },
    .name = "Pillars",
    .icon = "frame",
    .colours = {0x17B287, 0x00855F, 0x2BE0AC},
    .flash = {0.55F, 0.58F, 0.62F},
}};

constinit const ObjectKind kPillarObject{
    .one = "pillar",
    .many = "pillars",
    .option = "pillars",
    .count = [](const EnvironmentConfig& c) { return c.pillars.num; },
    .placement = [](const EnvironmentConfig& c) -> PlacementRule {
      return {c.pillars.placements, c.pillars.locations, c.pillars.keepout_m};
    },
    .size_m = [](const EnvironmentConfig& c) { return c.pillars.size_m; },
    .placement_rank = 7,
    .body_rank = 6,
    .geom_group = 2,
    .shape = [](const EnvironmentConfig& c) -> ObjectShape {
      return {"cylinder", {c.pillars.size_m, c.pillars_height, 0}, c.pillars_height, 0};
    },
    .material = "rgba=\"0.55 0.58 0.66 1\" specular=\"0.3\" shininess=\"0.4\"",
    .original_material = "rgba=\"0.5 0.5 1 1\"",
    .lidar = {"pillars_lidar", &EnvironmentConfig::observe_pillars, false, 6},
    .costs = kPillarCosts,
    .clearance = {.when = KeepsClear::kAlways,
                  .reach_m = [](const EnvironmentConfig& c) { return c.pillars.size_m; }},
    .colour = {0.55F, 0.58F, 0.62F},
    .sign = ObjectSign::kRing,
    .has_keep_out_ring = true,
};

}  // namespace lookout::sim
