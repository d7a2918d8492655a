// Plays episodes with a policy and sums them up. The episodes are spread over workers; how many
// there are never changes the result.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "agents/policies/policy.h"
#include "agents/rl/runs/training.h"
#include "agents/rollout/stepper.h"
#include "app/runs/played_episode.h"
#include "sim/environment/environment.h"

namespace lookout::app {

struct EvaluationOptions {
  int episodes = 100;
  std::uint32_t seed = 0;  // of the first episode; each further one adds 1
  int workers = 2;
  int first = 0;  // index of the first of them: where several calls play the episodes of one series
  agents::ActionFilterMaker make_filter = {};  // whose filters review every action; none: none does
};

// Called now and then with the fraction done, by one of the workers at a time; false stops.
using EvaluationProgress = std::function<bool(double fraction)>;

// Called on a worker's thread for whoever wants more of an episode than its sums: after the reset
// (outcome is null) and after every step, with the environment as it is then. index: of the
// episode; calls for different ones may come at the same time.
using EpisodeWatcher = std::function<void(int index, const sim::Environment& environment,
                                          const agents::StepOutcome* outcome)>;

// One entry for each episode, in the order of their seeds: of the k-th, options.seed + first + k.
// Each has a random stream of its own for the policy. An episode whose reset is refused says why,
// and the others are played all the same. Fails if an environment cannot be made, every reset is
// refused, or the progress says stop.
Result<std::vector<PlayedEpisode>> PlayEpisodes(const agents::Policy& policy,
                                                const agents::EnvironmentMaker& make_environment,
                                                const EvaluationOptions& options,
                                                const EvaluationProgress& progress = {},
                                                const EpisodeWatcher& watch = {});

struct Evaluation {
  int episodes = 0;                          // that count
  int diverged = 0;                          // left out: the physics failed
  std::vector<std::uint32_t> refused_seeds;  // left out: no episode starts from them
  Spread total_reward;
  Spread cost;  // per episode
  std::array<Spread, sim::kCostKindCount> cost_by_kind;
  Spread length_steps;
  double cost_rate = 0.0;  // cost per step
};
Evaluation Summarise(std::span<const PlayedEpisode> episodes);

}  // namespace lookout::app
