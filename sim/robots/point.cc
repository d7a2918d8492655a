#include "sim/robots/robots.h"

namespace lookout::sim {

// Its motors saturate at 0.05 (forcerange in assets/robots/point.xml), but the turn is a servo's
// speed. Braked, it stops from 1.5 m/s in 0.24 m; left alone it coasts 0.75 m.
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
    .braking = {.full_action = {0.05, 1.0},
                .throttle_per_mps = 0.8,
                .deceleration_mps2 = 2.8,
                .coast_s = 0.53,
                .rest_after_steps = 90,
                .outer_m = 0.16,
                .astray_m = 0.04,
                .astray_s = 0.01,
                .any_step_m = 0.06,
                .any_step_s = 0.02},
};

}  // namespace lookout::sim
