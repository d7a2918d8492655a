#include "sim/objects/object_kinds.h"

namespace lookout::sim {

static constexpr CostRule kButtonCosts[] = {{
    .kind = CostKind::kButtons,
    .measure = CostMeasure::kContact,
    .charged = [](const EnvironmentConfig& c) { return c.constrain_buttons; },
    .amount = [](const EnvironmentConfig& c, double) { return c.buttons_cost; },
    .spares_goal_button = true,
    .name = "Buttons",
    .icon = "dot",
    .colours = {0xE69F00, 0xAF6B00, 0xFFB52E},
    .flash = {0.902F, 0.624F, 0.0F},
}};

constinit const ObjectKind kButtonObject{
    .one = "button",
    .many = "buttons",
    .option = "buttons",
    .count = [](const EnvironmentConfig& c) { return c.buttons.num; },
    .placement = [](const EnvironmentConfig& c) -> PlacementRule {
      return {c.buttons.placements, c.buttons.locations, c.buttons.keepout_m};
    },
    .size_m = [](const EnvironmentConfig& c) { return c.buttons.size_m; },
    .placement_rank = 4,
    .body_rank = 8,
    .geom_group = 1,
    .shape = [](const EnvironmentConfig& c) -> ObjectShape {
      const double size_m = c.buttons.size_m;
      return {"sphere", {size_m, size_m, size_m}, size_m, 0};
    },
    .material = "rgba=\"0.90 0.62 0.00 1\" specular=\"0.5\" shininess=\"0.6\"",
    .original_material = "rgba=\"1 0.5 0 1\"",
    .lidar = {"buttons_lidar", &EnvironmentConfig::observe_buttons, false, 2},
    .costs = kButtonCosts,
    .clearance = {.when = KeepsClear::kAlways,
                  .reach_m = [](const EnvironmentConfig& c) { return c.buttons.size_m; },
                  .may_be_bumped = true},
    .colour = {0.902F, 0.624F, 0.0F},
    .sign = ObjectSign::kDiamond,
    .has_keep_out_ring = true,
};

}  // namespace lookout::sim
