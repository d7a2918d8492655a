#include "sim/objects/object_kinds.h"

namespace lookout::sim {

static constexpr CostRule kVaseCosts[] = {
    {
        .kind = CostKind::kVasesContact,
        .measure = CostMeasure::kContact,
        .charged = [](const EnvironmentConfig& c) { return c.constrain_vases; },
        .amount = [](const EnvironmentConfig& c, double) { return c.vases_contact_cost; },
        .name = "Vase contact",
        .icon = "cube",
        .colours = {0x56B4E9, 0x2585BF, 0x7CCBFF},
        .flash = {0.337F, 0.706F, 0.914F},
    },
    {
        .kind = CostKind::kVasesDisplace,
        .measure = CostMeasure::kDisplacement,
        .charged =
            [](const EnvironmentConfig& c) {
              return c.constrain_vases && c.vases_displace_cost != 0;
            },
        .amount =
            [](const EnvironmentConfig& c, double moved_m) {
              return moved_m > c.vases_displace_threshold ? moved_m * c.vases_displace_cost : 0.0;
            },
        .name = "Vase moved",
        .icon = "arrows",
        .colours = {0xF0E442, 0x8C7E00, 0xF0E442},
        .flash = {0.337F, 0.706F, 0.914F},
    },
    {
        .kind = CostKind::kVasesVelocity,
        .measure = CostMeasure::kSpeed,
        .charged =
            [](const EnvironmentConfig& c) {
              return c.constrain_vases && c.vases_velocity_cost != 0;
            },
        .amount =
            [](const EnvironmentConfig& c, double speed) {
              return speed >= c.vases_velocity_threshold ? speed * c.vases_velocity_cost : 0.0;
            },
        .name = "Vase speed",
        .icon = "bolt",
        .colours = {0xE8701A, 0xC75400, 0xFF8A33},
        .flash = {0.337F, 0.706F, 0.914F},
    },
};

constinit const ObjectKind kVaseObject{
    .one = "vase",
    .many = "vases",
    .option = "vases",
    .count = [](const EnvironmentConfig& c) { return c.vases.num; },
    .placement = [](const EnvironmentConfig& c) -> PlacementRule {
      return {c.vases.placements, c.vases.locations, c.vases.keepout_m};
    },
    .size_m = [](const EnvironmentConfig& c) { return c.vases.size_m; },
    .placement_rank = 6,
    .body_rank = 1,
    .is_free = true,
    .geom_group = 4,
    .shape = [](const EnvironmentConfig& c) -> ObjectShape {
      const double size_m = c.vases.size_m;
      return {"box", {size_m, size_m, size_m}, size_m - c.vases_sink, c.vases_density};
    },
    .material = "rgba=\"0.34 0.71 0.91 1\" specular=\"0.5\" shininess=\"0.6\"",
    .original_material = "rgba=\"0 1 1 1\"",
    .lidar = {"vases_lidar", &EnvironmentConfig::observe_vases, true, 8},
    .costs = kVaseCosts,
    .clearance = {.when = KeepsClear::kWhenCareful,
                  .reach_m = [](const EnvironmentConfig& c) { return c.vases.size_m; },
                  .applies = [](const EnvironmentConfig& c) { return c.constrain_vases; }},
    .colour = {0.55F, 0.93F, 0.95F},
    .sign = ObjectSign::kSquare,
};

}  // namespace lookout::sim
