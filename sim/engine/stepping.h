// The two ways in which an environment can compute its steps. Chosen when it is created.
#pragma once

#include <cstdint>
#include <memory>

#include "sim/engine/safety_gym.h"

namespace lookout::sim {

// Either gives the digits of Safety Gym to the last bit; tests compare the two.
enum class Stepping : std::uint8_t {
  kFast,   // leaves out what would only be computed again; what SafetyGym::Create() gives
  kExact,  // calls MuJoCo as often as Safety Gym does, for comparing with recordings of it
};

// As SafetyGym::Create(). States can be carried from one stepping to the other.
Result<std::unique_ptr<SafetyGym>> CreateGym(const EnvironmentConfig& config, Stepping stepping,
                                             const CameraFactory& cameras = {});

}  // namespace lookout::sim
