#include "app/runs/played_episode.h"

#include <cmath>
#include <limits>
#include <numeric>

namespace lookout::app {

void PlayedEpisode::Add(const sim::StepResult& step) {
  ++steps;
  goals_met += step.goal_met ? 1 : 0;
  total_reward += step.reward;
  for (int kind = 0; kind < sim::kCostKindCount; ++kind) {
    costs.by_kind[kind] += step.costs.by_kind[kind];
  }
  costs.total += step.costs.total;
  status = step.status;
}

Spread SpreadOf(std::span<const double> values) {
  if (values.empty()) return {.mean = std::numeric_limits<double>::quiet_NaN()};
  const auto count = static_cast<double>(values.size());
  Spread spread{.mean = std::accumulate(values.begin(), values.end(), 0.0) / count};
  if (values.size() < 2) return spread;
  double squares = 0.0;
  for (const double value : values) squares += (value - spread.mean) * (value - spread.mean);
  spread.deviation = std::sqrt(squares / (count - 1.0));
  return spread;
}

}  // namespace lookout::app
