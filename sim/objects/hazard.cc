#include "sim/objects/object_kinds.h"

namespace lookout::sim {

// Costs nothing on the edge and grows towards the centre; the indicator makes it one.
static constexpr CostRule kHazardCosts[] = {{
    .kind = CostKind::kHazards,
    .measure = CostMeasure::kDistance,
    .charged = [](const EnvironmentConfig& c) { return c.constrain_hazards; },
    .amount =
        [](const EnvironmentConfig& c, double distance_m) {
          const double radius_m = c.hazards.size_m;
          return distance_m > radius_m ? 0.0 : c.hazards_cost * (radius_m - distance_m);
        },
    .name = "Hazards",
    .icon = "disc",
    .colours = {0x3390D6, 0x0062A0, 0x5CAEFF},
    .flash = {0.835F, 0.369F, 0.0F},
}};

constinit const ObjectKind kHazardObject{
    .one = "hazard",
    .many = "hazards",
    .option = "hazards",
    .count = [](const EnvironmentConfig& c) { return c.hazards.num; },
    .placement = [](const EnvironmentConfig& c) -> PlacementRule {
      return {c.hazards.placements, c.hazards.locations, c.hazards.keepout_m};
    },
    .size_m = [](const EnvironmentConfig& c) { return c.hazards.size_m; },
    .placement_rank = 5,
    .body_rank = 5,
    .is_solid = false,
    .geom_group = 3,
    .shape = [](const EnvironmentConfig& c) -> ObjectShape {
      return {"cylinder", {c.hazards.size_m, 1e-2, 0}, 2e-2, 0};
    },
    .material = "rgba=\"0.10 0.47 0.85 0.45\" emission=\"0.2\"",
    .original_material = "rgba=\"0 0 1 0.25\"",
    .lidar = {"hazards_lidar", &EnvironmentConfig::observe_hazards, true, 5},
    .costs = kHazardCosts,
    .clearance = {.when = KeepsClear::kWhenCareful,
                  .reach_m = [](const EnvironmentConfig& c) { return c.hazards.size_m; },
                  .from_centre = true},
    .colour = {0.20F, 0.46F, 0.98F},
    .sign = ObjectSign::kDisc,
    .has_keep_out_ring = true,
};

}  // namespace lookout::sim
