// Exact bounds of a share that was counted. Pure functions; any thread.
#pragma once

#include <cstdint>

namespace lookout::agents {

struct ShareBounds {
  double low = 0.0;
  double high = 1.0;
  bool operator==(const ShareBounds&) const = default;
};

// The interval that holds the true share with at least the probability `level`, in (0, 1), after
// `hits` of `trials`, both >= 0 (Clopper and Pearson 1934). Without trials it is all of [0, 1].
ShareBounds ExactShareBounds(std::int64_t hits, std::int64_t trials, double level = 0.95);

// P(B <= x) of a beta variable with a, b > 0: the regularised incomplete beta function, by its
// continued fraction (Press et al., Numerical Recipes, section 6.4), to about 1e-12.
double BetaProbability(double a, double b, double x);

}  // namespace lookout::agents
