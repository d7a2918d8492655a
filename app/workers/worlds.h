// Where workers get environments from: Safety Gym, unless a test says otherwise. Value type; any
// thread may call a copy.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "sim/config.h"
#include "sim/safety_gym.h"

namespace lookout::app {

struct Worlds {
  using Gym = std::unique_ptr<sim::SafetyGym>;

  std::function<Result<sim::EnvironmentConfig>(std::string_view id)> config = sim::ConfigForId;
  std::function<Result<Gym>(const sim::EnvironmentConfig&)> create = sim::SafetyGym::Create;
  std::function<Result<Gym>(const sim::EnvironmentConfig&, const sim::EpisodeSetup&,
                            const sim::SimState&)>
      from_episode = sim::SafetyGym::FromEpisode;
};

}  // namespace lookout::app
