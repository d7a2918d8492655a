// Episodes that are written down for tests of Goodhart measures.
#pragma once

#include <cstdint>
#include <vector>

#include "agents/inspect/goodhart/visits.h"

namespace lookout::test {

// Of steps that are given as {predicted, truth, doubt, nearest_m, best}.
struct WrittenStep {
  float predicted = 0.0F;
  float truth = 0.0F;
  float doubt = 0.0F;
  float nearest_m = 1.0F;
  float best = 0.0F;
};

inline agents::VisitedEpisode Written(std::uint32_t seed, double total_reward,
                                      const std::vector<WrittenStep>& steps) {
  agents::VisitedEpisode episode{.seed = seed, .total_reward = total_reward, .steps = {}};
  for (const WrittenStep& step : steps) {
    episode.steps.push_back({.predicted = step.predicted,
                             .best = step.best,
                             .doubt = step.doubt,
                             .truth = step.truth,
                             .nearest_m = step.nearest_m});
  }
  return episode;
}

}  // namespace lookout::test
