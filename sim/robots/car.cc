#include "sim/robots/robots.h"

namespace lookout::sim {

// The motors give no more torque than at full_action (forcerange in assets/robots/car.xml); up to
// there they can be mixed. It drives along its own -y.
constinit const Robot kCarRobot{
    .name = "Car",
    .action_dim = 2,
    .drive = Drive::kTwoWheels,
    .full_action = 0.02,
    .forward_in_body = {0, -1},
    .handling = {.body_m = 0.18,
                 .turn_gain = 1.2,
                 .full_speed_rad = 0.4,
                 .no_speed_rad = 1.0,
                 .sideways_gain = 0.0,
                 .top_speed_mps = 0.9,
                 .mean_over_s = 0.01,
                 .stuck_mps = 0.05,
                 .stuck_after_s = 1.5,
                 .back_off_s = 0.8},
    .braking = {.full_action = {0.02, 0.02},
                .coast_s = 0.1,
                .rest_after_steps = 15,
                .outer_m = 0.22,
                .astray_m = 0.02,
                .astray_s = 0.1,
                .any_step_m = 0.04,
                .any_step_s = 0.15},
};

}  // namespace lookout::sim
