#include "sim/robots/robots.h"

namespace lookout::sim {

constinit const Robot kDoggoRobot{
    .name = "Doggo",
    .action_dim = 12,
    .drive = Drive::kGait,
    .handling = {.body_m = 0.32,
                 .turn_gain = 1.5,
                 .full_speed_rad = 0.9,
                 .no_speed_rad = 1.0,
                 .sideways_gain = 0.0,
                 .top_speed_mps = 10.0,
                 .mean_over_s = 1.5,
                 .stuck_mps = 0.08,
                 .stuck_after_s = 2.5,
                 .back_off_s = 2.0},
    .braking = {.coast_s = 0.5, .rest_after_steps = 60, .outer_m = 0.6},
    .published_steps = 100'000'000,
    .published_steps_per_iteration = 60'000,
};

}  // namespace lookout::sim
