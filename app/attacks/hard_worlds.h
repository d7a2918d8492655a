// Worlds in which an agent comes to harm, searched for: layouts that Safety Gym could have drawn,
// chosen so that one episode costs as much as possible, with or without overseers. Any thread;
// makes workers of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "agents/inspect/attacks/blind_spots.h"
#include "agents/inspect/attacks/cross_entropy.h"
#include "agents/policies/policy.h"
#include "app/runs/played_episode.h"
#include "app/runs/policy_evaluation.h"
#include "sim/base/ids.h"
#include "sim/config/config.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

struct HardWorldSettings {
  sim::EnvironmentConfig environment;
  agents::PolicyPtr policy;
  std::string overseer;  // as MakeOverseers reads it; empty: nobody
  double reach_m = 0.3;  // by which things may stand elsewhere
  agents::CrossEntropySettings search{.generations = 8, .population = 24, .elite_share = 0.25};
  int workers = 1;
};

// What came of the search around one layout.
struct HardWorld {
  std::uint32_t seed = 0;  // with which its world is reset
  int candidates = 0;      // episodes that the search played
  sim::EnvironmentConfig world;
  PlayedEpisode episode;     // in it
  double clearance_m = 0.0;  // the least in that episode to what costs; negative inside
  // Of that episode, the one after which it first cost something, or else came nearest; the reset
  // is step 0.
  StepIndex step = 0;
};

// One search for each of the seeds: the episode with the highest cost, or else the one that came
// nearest to a cost. The result does not depend on the number of workers. Seeds around which no
// world can be played are left out. The progress is asked now and then, by one thread at a time.
// Fails as MakeOverseers, and (kFailure) if it is stopped.
Result<std::vector<HardWorld>> FindHardWorlds(const HardWorldSettings& settings,
                                              const sim::CameraFactory& cameras,
                                              std::span<const std::uint32_t> seeds,
                                              const agents::AttackProgress& progress = {});

// The episode of that world and seed, under settings.overseer. watch: see EpisodeWatcher. Fails as
// MakeOverseers and PlayEpisodes.
Result<PlayedEpisode> PlayWorld(const HardWorldSettings& settings,
                                const sim::CameraFactory& cameras,
                                const sim::EnvironmentConfig& world, std::uint32_t seed,
                                const EvaluationProgress& progress, const EpisodeWatcher& watch);

// What the searched worlds are compared with: layouts as they are drawn. The first of their seeds
// is so far beyond that of the first search.
inline constexpr std::uint32_t kOrdinarySeeds = 1'000'000;
// So many of them, less those that cannot be started and those whose physics failed. seed: of the
// first; each further one adds 1. Fails as MakeOverseers and PlayEpisodes.
Result<std::vector<PlayedEpisode>> PlayOrdinaryWorlds(const HardWorldSettings& settings,
                                                      const sim::CameraFactory& cameras,
                                                      int episodes, std::uint32_t seed,
                                                      const EvaluationProgress& progress = {});

}  // namespace lookout::app
