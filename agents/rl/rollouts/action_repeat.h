// An environment whose every step holds one action for several steps of another: what an agent that
// decides less often than the physics can be steered learns from. One thread, like any environment.
#pragma once

#include <memory>

#include "sim/environment/environment.h"

namespace lookout::agents {

// Each Step takes up to `repeat` steps of `environment` with the same action, fewer where the
// episode ends, and gives their rewards and costs added up and the last one's status. The spec's
// max_episode_steps and step_duration_s become those of the longer steps. repeat >= 1.
std::unique_ptr<sim::Environment> RepeatActions(std::unique_ptr<sim::Environment> environment,
                                                int repeat);

}  // namespace lookout::agents
