// How much memory a training run takes, estimated before it is built. Any thread.
#pragma once

#include "agents/rl/settings/training_settings.h"
#include "sim/base/result.h"
#include "sim/environment/environment.h"

namespace lookout::agents {

// Bytes, by what decides them.
struct MemoryEstimate {
  double environments = 0.0;  // --environments, and the actions of their episodes
  double buffer = 0.0;        // --steps-per-iteration
  double networks = 0.0;      // --hidden: weights, optimisers, gradients, activations
  double total() const { return environments + buffer + networks; }
};

// `environment`: one of those that the run would sample.
MemoryEstimate EstimateMemory(const TrainingSettings& settings,
                              const sim::Environment& environment);

// Rejects (kBadInput) more than `most_bytes`, naming the option that takes the most of it.
Status CheckFitsMemory(const MemoryEstimate& needed, const TrainingSettings& settings,
                       double most_bytes);

}  // namespace lookout::agents
