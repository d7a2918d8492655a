#include "app/runs/cost_points.h"

#include <cmath>
#include <limits>
#include <string_view>

namespace lookout::app {

std::vector<agents::CostPoint> CostPointsOf(const ProgressTable& progress) {
  const auto at = [&progress](std::string_view column, std::size_t row) {
    const std::vector<double>& values = progress[column];
    return values.empty() ? std::numeric_limits<double>::quiet_NaN() : values[row];
  };
  std::vector<agents::CostPoint> points;
  for (std::size_t row = 0; row < progress.rows; ++row) {
    agents::CostPoint& point = points.emplace_back();
    point.iteration = static_cast<int>(at("Epoch", row));
    const double episodes = at("Episodes", row);
    if (!(episodes >= 2.0)) continue;
    point.proxy = at("LearnedEpCost", row);
    point.truth = at("AverageEpCost", row);
    point.truth_error = at("StdEpCost", row) / std::sqrt(episodes);
  }
  return points;
}

}  // namespace lookout::app
