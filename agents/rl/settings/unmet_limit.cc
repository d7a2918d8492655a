#include "agents/rl/settings/unmet_limit.h"

#include <fmt/format.h>

namespace lookout::agents {

int IterationsAtCap(const TrainingSettings& settings, std::span<const IterationReport> history) {
  int count = 0;
  for (; !history.empty(); history = history.first(history.size() - 1)) {
    const IterationReport& last = history.back();
    if (!IsAtCap(settings, last.multiplier)) break;
    if (last.constrained_cost <= settings.cost_limit) break;  // NaN, no episode ended, says nothing
    ++count;
  }
  return count;
}

std::string UnmetLimitText(const TrainingSettings& settings, int iterations) {
  return fmt::format("The limit of {:g} is not being met: lambda at its cap of {:g} for {} {}.",
                     settings.cost_limit, settings.multiplier_cap, iterations,
                     iterations == 1 ? "iteration" : "iterations");
}

}  // namespace lookout::agents
