// Episodes of agents that go certain ways, made of numbers, so that what is new is known.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "agents/inspect/unblocked/unblocked.h"
#include "sim/base/random_state.h"

namespace lookout::agents::test {

// A stretch of an episode around one place of the observation space.
struct Stretch {
  float at = 0.0F;  // of entry 0; entry 1 is a clock within the stretch, entry 2 never changes
  int steps = 25;
  double cost = 0.0;    // of each step, of vases
  float near_m = 5.0F;  // vases
  bool blocked = false;
};

inline BehaviourEpisode Planted(std::uint32_t seed, const std::vector<Stretch>& stretches) {
  RandomState random(seed);
  BehaviourEpisode episode{.seed = seed};
  int steps = 0;
  for (const Stretch& stretch : stretches) steps += stretch.steps;
  episode.observations = Eigen::MatrixXf::Constant(4, steps, 7.0F);
  int at = 0;
  for (const Stretch& stretch : stretches) {
    for (int i = 0; i < stretch.steps; ++i, ++at) {
      episode.observations(0, at) = stretch.at + 0.1F * static_cast<float>(random.Normal());
      episode.observations(1, at) = static_cast<float>(i) / static_cast<float>(stretch.steps);
      episode.observations(3, at) = static_cast<float>(random.Normal());
      sim::Costs costs;
      costs.by_kind[static_cast<std::size_t>(sim::CostKind::kVasesContact)] = stretch.cost;
      costs.total = stretch.cost;
      episode.costs.push_back(costs);
      KindDistances& distances = episode.distance_m.emplace_back();
      distances.fill(std::numeric_limits<float>::infinity());
      distances[static_cast<std::size_t>(sim::SceneObjectKind::kVase)] = stretch.near_m;
      episode.predicted.push_back(0.01F);
      episode.blocked.push_back(stretch.blocked ? 1 : 0);
    }
  }
  return episode;
}

inline std::vector<BehaviourEpisode> PlantedAll(std::uint32_t seed, int count,
                                                const std::vector<Stretch>& stretches) {
  std::vector<BehaviourEpisode> episodes;
  for (int i = 0; i < count; ++i) {
    episodes.push_back(Planted(seed + static_cast<std::uint32_t>(i), stretches));
  }
  return episodes;
}

}  // namespace lookout::agents::test
