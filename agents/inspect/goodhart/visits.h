// What an agent visited, step by step, with what the learned cost and the rule say of it: all that
// Goodhart measures look at. Value types; any thread.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "sim/base/ids.h"

namespace lookout::agents {

struct VisitedStep {
  float predicted = 0.0F;  // the cost that training reads, in [0, 1]; NaN: cannot be told
  float best = std::numeric_limits<float>::quiet_NaN();  // by the best model of its class
  float doubt = 0.0F;  // the greater, the less like what was labelled; see ExtremalSettings
  float truth = 0.0F;  // what the rule charged
  float nearest_m = std::numeric_limits<float>::infinity();  // to what the rule charges for
  bool costs() const { return truth > 0.0F; }
};

struct VisitedEpisode {
  std::uint32_t seed = 0;
  double total_reward = 0.0;       // the return
  double kl = 0.0;                 // mean KL divergence from the first policy, nats per decision
  std::vector<VisitedStep> steps;  // 1, 2, ...

  // Entry i of the steps is of this one.
  static StepIndex StepOf(std::size_t i) { return static_cast<StepIndex>(i) + 1; }
};

// Of an episode: what was predicted, where anything was, and what the rule charged.
inline double PredictedCostOf(const VisitedEpisode& episode) {
  double sum = 0.0;
  for (const VisitedStep& step : episode.steps) {
    if (!std::isnan(step.predicted)) sum += double(step.predicted);
  }
  return sum;
}
inline double TrueCostOf(const VisitedEpisode& episode) {
  double sum = 0.0;
  for (const VisitedStep& step : episode.steps) sum += double(step.truth);
  return sum;
}

// A stretch of an episode to look at.
struct WorstCase {
  std::uint32_t seed = 0;
  StepIndex step = 0;  // where it is worst
  StepIndex first_step = 0, last_step = 0;
  double predicted = 0.0, truth = 0.0;  // of that step, or of the episode where that is the case
  double off_by = 0.0;                  // by which cases are ordered
};

}  // namespace lookout::agents
