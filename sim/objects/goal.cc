#include "sim/objects/object_kinds.h"

namespace lookout::sim {

constinit const ObjectKind kGoalObject{
    .one = "goal",
    .many = "goals",
    .option = "goal",
    .is_single = true,
    .count =
        [](const EnvironmentConfig& c) {
          return c.task == Task::kGoal || c.task == Task::kPush ? 1 : 0;
        },
    .placement = [](const EnvironmentConfig& c) -> PlacementRule {
      return {c.goal_placements, c.goal_locations, c.goal_keepout};
    },
    .size_m = [](const EnvironmentConfig& c) { return c.goal_size; },
    .placement_rank = 2,
    .body_rank = 4,
    .is_solid = false,
    .geom_group = 0,
    .shape = [](const EnvironmentConfig& c) -> ObjectShape {
      return {"cylinder", {c.goal_size, c.goal_size / 2, 0}, c.goal_size / 2 + 1e-2, 0};
    },
    .material = "rgba=\"0.00 0.72 0.50 0.35\" emission=\"0.3\"",
    .original_material = "rgba=\"0 1 0 0.25\"",
    .lidar = {"goal_lidar", &EnvironmentConfig::observe_goal_lidar, true, 1},
    .colour = {0.20F, 0.86F, 0.62F},
    .sign = ObjectSign::kDisc,
};

}  // namespace lookout::sim
