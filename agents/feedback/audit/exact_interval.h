// Exact 95 % intervals of rates and shares, of which the account of oversight is made: they hold
// for small counts, too, and for none at all. Pure functions; any thread.
#pragma once

#include <cstdint>

namespace lookout::agents {

// NaN where nothing was counted.
struct ExactInterval {
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;
};

// Of events that come one by one at a constant rate (Garwood 1936): count / exposure, with the
// gamma quantiles of the count. Of none in n the upper end is 3.69 / n. count: >= 0.
ExactInterval RateOf(std::int64_t count, double exposure);

// Of trials that each succeed with the same chance (Clopper and Pearson 1934): successes / trials,
// with the quantiles of the beta distribution. 0 <= successes <= trials.
ExactInterval ShareOf(std::int64_t successes, std::int64_t trials);

// The one-sided upper end of such a share, which holds with that confidence, in (0, 1); 1 without
// trials. Of none in n it is 1 - (1 - confidence)^(1/n).
double MostShareOf(std::int64_t successes, std::int64_t trials, double confidence);

// P(a, b; x): the regularised incomplete beta function, by its continued fraction (Press et al.,
// Numerical Recipes, section 6.4), to about 1e-12. a, b: > 0; x in [0, 1].
double BetaProbability(double a, double b, double x);

}  // namespace lookout::agents
