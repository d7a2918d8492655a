// Where two cost models differ, for a person to go there. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "agents/feedback/evaluation/scored_episode.h"

namespace lookout::agents {

// Probabilities that are so far apart are a difference, whatever the verdicts.
inline constexpr double kFarApart = 0.25;

// Consecutive steps of one episode about which two models differ in the same way: one of them errs
// and the other does not, or their probabilities are far apart.
struct CostDifference {
  std::size_t episode = 0;  // its number among those that were searched
  bool unsafe = false;      // what the reference says of the steps
  bool first_right = false;
  bool second_right = false;
  StepIndex first_step = 0;
  StepIndex last_step = 0;
  double apart = 0.0;  // sum over the steps of how far the probabilities are apart
  // The step where they are farthest apart, and what was predicted and charged there.
  StepIndex worst_step = 0;
  CostPrediction first;
  CostPrediction second;
  StepTruth truth;

  bool one_errs() const { return first_right != second_right; }
};

// What a model does that is right, or wrong, about steps which the reference calls unsafe, or safe:
// "finds it", "misses it", "stays quiet", "false alarm".
std::string_view VerdictInWords(bool unsafe, bool right);
// What a step is charged for, by the first kind with a name of its own or, without one, what is
// nearest after it; empty: nothing is.
std::string_view DangerInWords(const StepTruth& truth);

// Between the models of those numbers, at most `most` of them: the greatest come first, equal ones
// in the order of the episodes.
std::vector<CostDifference> WorstDifferences(std::span<const ScoredEpisode> episodes,
                                             std::size_t first, std::size_t second,
                                             float unsafe_from, std::size_t most);

}  // namespace lookout::agents
