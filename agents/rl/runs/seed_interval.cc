#include "agents/rl/runs/seed_interval.h"

#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace lookout::agents {
namespace {

// Student's t at probability 0.8413, where a normal distribution has one standard deviation, by
// degrees of freedom from 1; beyond the table by the first term of its expansion, 1 + 1 / (2 n).
double TOfOneDeviation(std::size_t degrees) {
  constexpr std::array kTable{1.8373, 1.3213, 1.1969, 1.1416, 1.1105,
                              1.0906, 1.0767, 1.0665, 1.0587, 1.0526};
  if (degrees <= kTable.size()) return kTable[degrees - 1];
  return 1.0 + 0.5 / static_cast<double>(degrees);
}

}  // namespace

SeedInterval IntervalOverSeeds(std::span<const double> values) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  if (values.empty()) return {kNone, kNone, kNone};
  const auto count = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  if (values.size() == 1) return {mean, kNone, kNone};
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const double half =
      TOfOneDeviation(values.size() - 1) * std::sqrt(squares / (count - 1.0) / count);
  return {mean, mean - half, mean + half};
}

}  // namespace lookout::agents
