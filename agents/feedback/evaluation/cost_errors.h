// Where a cost model is wrong, for a person to go there. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "agents/feedback/evaluation/scored_episode.h"

namespace lookout::agents {

// Consecutive steps of one episode that the model is wrong about in the same way.
struct CostError {
  std::size_t episode = 0;  // its number among those that were searched
  bool is_miss = false;     // called safe though the rule charges; else a false alarm
  StepIndex first_step = 0;
  StepIndex last_step = 0;
  double off_by = 0.0;  // sum over the steps of how far the probability is from 0 or 1
  // The step where that is farthest, what was predicted there, and what the rule says of it.
  StepIndex worst_step = 0;
  CostPrediction predicted;
  StepTruth truth;
  DangerKinds charged;  // over all its steps
};

// Of the model of that number, at most `most` of them: those that are off by most come first, equal
// ones in the order of the episodes.
std::vector<CostError> WorstErrors(std::span<const ScoredEpisode> episodes, std::size_t model,
                                   float unsafe_from, std::size_t most);

}  // namespace lookout::agents
