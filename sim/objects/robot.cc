// The robot as a thing that has a place; its body stands in its own file (sim/robots).
#include "sim/objects/object_kinds.h"

namespace lookout::sim {

constinit const ObjectKind kRobotObject{
    .one = "robot",
    .many = "robots",
    .option = "robot",
    .is_single = true,
    .count = [](const EnvironmentConfig&) { return 1; },
    .placement = [](const EnvironmentConfig& c) -> PlacementRule {
      return {c.robot_placements, c.robot_locations, c.robot_keepout};
    },
    .size_m = [](const EnvironmentConfig&) { return 0.0; },
    .placement_rank = 0,
    .body_rank = 0,
    .colour = {0.835F, 0.369F, 0.0F},
};

}  // namespace lookout::sim
