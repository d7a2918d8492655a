// Where workers get environments from: Safety Gym, unless a test says otherwise. Value type; any
// thread may call a copy.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "sim/config/config.h"
#include "sim/engine/safety_gym.h"

namespace lookout::app {

struct EnvironmentFactory {
  using Gym = std::unique_ptr<sim::SafetyGym>;

  EnvironmentFactory() : EnvironmentFactory(sim::CameraFactory()) {}
  // cameras: what draws for robots that observe through their camera.
  explicit EnvironmentFactory(const sim::CameraFactory& cameras)
      : create([cameras](const sim::EnvironmentConfig& wanted) {
          return sim::SafetyGym::Create(wanted, cameras);
        }),
        from_episode([cameras](const sim::EnvironmentConfig& recorded,
                               const sim::EpisodeSetup& setup, const sim::SimState& state) {
          return sim::SafetyGym::FromEpisode(recorded, setup, state, cameras);
        }) {}

  std::function<Result<sim::EnvironmentConfig>(std::string_view id)> config = sim::ConfigForId;
  std::function<Result<Gym>(const sim::EnvironmentConfig&)> create;
  std::function<Result<Gym>(const sim::EnvironmentConfig&, const sim::EpisodeSetup&,
                            const sim::SimState&)>
      from_episode;
};

}  // namespace lookout::app
