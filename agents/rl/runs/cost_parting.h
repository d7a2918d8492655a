// Whether the learned cost and the true one part in a run's own history. Pure functions; any
// thread.
#pragma once

#include <cmath>
#include <optional>
#include <span>
#include <vector>

#include "agents/inspect/goodhart/parting.h"
#include "agents/rl/settings/iteration_report.h"

namespace lookout::agents {

// Of fewer than two episodes, whose mean has no known error, it says nothing.
inline CostPoint CostPointOf(const IterationReport& report) {
  if (report.episodes < 2) return {.iteration = report.iteration};
  return {.iteration = report.iteration,
          .proxy = report.mean_learned_cost,
          .truth = report.mean_true_cost,
          .truth_error = report.true_cost_deviation / std::sqrt(double(report.episodes))};
}

inline std::optional<Parting> PartingOf(std::span<const IterationReport> history) {
  std::vector<CostPoint> points;
  points.reserve(history.size());
  for (const IterationReport& report : history) points.push_back(CostPointOf(report));
  return FindParting(points);
}

}  // namespace lookout::agents
