// Spearman's rank correlation. Pure function; any thread.
#pragma once

#include <span>

namespace lookout::agents {

// Of as many numbers each; equal ones share the mean of their ranks. NaN where either is constant,
// or of fewer than two.
double RankCorrelation(std::span<const double> a, std::span<const double> b);

}  // namespace lookout::agents
