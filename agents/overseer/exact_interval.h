// Exact 95 % intervals of rates and shares, of which the account of oversight is made: they hold
// for small counts, too, and for none at all. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <span>

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

// Trials of one episode.
struct EpisodeTrials {
  std::int64_t successes = 0;
  std::int64_t trials = 0;
};

// Of trials that are alike within an episode, of episodes that are independent of each other:
// Clopper and Pearson's interval of as many independent trials as would vary as much as the
// episodes do, with Student's quantile for their number (Korn and Graubard 1998). Where the
// episodes show no variation, as with no success at all, each counts as one trial. Of a single
// episode the interval is all of [0, 1].
ExactInterval ClusteredShareOf(std::span<const EpisodeTrials> episodes);

// The one-sided upper end of such a share, which holds with that confidence, in (0, 1); 1 without
// trials. Of none in n it is 1 - (1 - confidence)^(1/n).
double MostShareOf(std::int64_t successes, std::int64_t trials, double confidence);

// P(a, b; x): the regularised incomplete beta function, by its continued fraction (Press et al.,
// Numerical Recipes, section 6.4), to about 1e-12. a, b: > 0; x in [0, 1].
double BetaProbability(double a, double b, double x);

}  // namespace lookout::agents
