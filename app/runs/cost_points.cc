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
    const double episodes = at("Episodes", row);
    points.push_back(
        {.iteration = static_cast<int>(at("Epoch", row)),
         .proxy = at("LearnedEpCost", row),
         .truth = at("AverageEpCost", row),
         .truth_error = episodes > 0.0 ? at("StdEpCost", row) / std::sqrt(episodes) : 0.0});
  }
  return points;
}

}  // namespace lookout::app
