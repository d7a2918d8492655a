// A world with a robot and nothing else, in which its motion is computed many times faster. Any
// thread.
#pragma once

#include <memory>

#include "sim/config/config.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {

// Whether the robot moves there as in the world of `config`, up to the last digits, as long as it
// touches nothing: its braking is known and the simulator draws no noise.
bool CanBeGuessed(const sim::EnvironmentConfig& config);

// The robot of `config` alone, reset; it observes nothing. Rejects (kBadInput) like
// SafetyGym::Create.
Result<std::unique_ptr<sim::SafetyGym>> MakeBareWorld(const sim::EnvironmentConfig& config);

}  // namespace lookout::agents
