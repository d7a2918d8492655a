// Whether a run's limit is being met, by its multiplier's cap. Any thread.
#pragma once

#include <span>
#include <string>

#include "agents/rl/settings/iteration_report.h"
#include "agents/rl/settings/training_settings.h"

namespace lookout::agents {

// From so many iterations on it is worth saying; fewer are the usual ups and downs.
inline constexpr int kUnmetFrom = 10;

// Whether lambda, after an iteration, is as high as it may go.
inline bool IsAtCap(const TrainingSettings& s, double multiplier) {
  return CapsMultiplier(s) && multiplier >= s.multiplier_cap;
}

// How many iterations in a row, up to the last one, ended with lambda at its cap and a cost above
// the limit.
int IterationsAtCap(const TrainingSettings& settings, std::span<const IterationReport> history);

// "The limit of 25 is not being met: lambda at its cap of 10 for 12 iterations."
std::string UnmetLimitText(const TrainingSettings& settings, int iterations);

}  // namespace lookout::agents
