#include "sim/robots/robots.h"

namespace lookout::sim {

constinit const Robot kPointRobot{
    .name = "Point",
    .action_dim = 2,
    .drive = Drive::kForceAndTurn,
    .handling = {.body_m = 0.10,
                 .turn_gain = 2.5,
                 .full_speed_rad = 0.3,
                 .no_speed_rad = 0.8,
                 .sideways_gain = 0.6,
                 .top_speed_mps = 10.0,
                 .mean_over_s = 0.01,
                 .stuck_mps = 0.12,
                 .stuck_after_s = 0.8,
                 .back_off_s = 0.5},
};

}  // namespace lookout::sim
