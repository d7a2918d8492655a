#include "agents/overseer/exact_interval.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "agents/feedback/audit/gamma_quantile.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

constexpr double kTail = 0.025;  // of a 95 % interval, to either side
constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();

// By Lentz's method; converges fast for x < (a + 1) / (a + b + 2).
double BetaFraction(double a, double b, double x) {
  constexpr double kTiny = 1e-300;
  constexpr int kMostTerms = 100'000;
  const auto lift = [](double value) { return std::abs(value) < kTiny ? kTiny : value; };
  double c = 1.0;
  double d = 1.0 / lift(1.0 - (a + b) * x / (a + 1.0));
  double value = d;
  for (int m = 1; m < kMostTerms; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1.0 / lift(1.0 + even * d);
    c = lift(1.0 + even / c);
    value *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1.0 / lift(1.0 + odd * d);
    c = lift(1.0 + odd / c);
    value *= d * c;
    if (std::abs(d * c - 1.0) < 1e-15) break;
  }
  return value;
}

double BetaQuantile(double a, double b, double probability) {
  double low = 0.0;
  double high = 1.0;
  constexpr int kHalvings = 200;
  for (int i = 0; i < kHalvings && high - low > 1e-14 * high; ++i) {
    const double middle = 0.5 * (low + high);
    (BetaProbability(a, b, middle) < probability ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

// successes and trials need not be whole.
ExactInterval ShareOfEffective(double successes, double trials) {
  const double failures = trials - successes;
  return {successes / trials,
          successes <= 0.0 ? 0.0 : BetaQuantile(successes, failures + 1.0, kTail),
          failures <= 0.0 ? 1.0 : BetaQuantile(successes + 1.0, failures, 1.0 - kTail)};
}

// What Student's t stays within, to either side, with 95 %.
double StudentReach(double degrees) {
  const double share = BetaQuantile(0.5, 0.5 * degrees, 1.0 - 2.0 * kTail);
  return std::sqrt(degrees * share / (1.0 - share));
}

}  // namespace

double BetaProbability(double a, double b, double x) {
  LOOKOUT_CHECK(a > 0.0 && b > 0.0, "a beta distribution has positive shapes");
  if (x <= 0.0) return 0.0;
  if (x >= 1.0) return 1.0;
  const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) +
                                a * std::log(x) + b * std::log1p(-x));
  if (x < (a + 1.0) / (a + b + 2.0)) return front * BetaFraction(a, b, x) / a;
  return 1.0 - front * BetaFraction(b, a, 1.0 - x) / b;
}

ExactInterval RateOf(std::int64_t count, double exposure) {
  LOOKOUT_CHECK(count >= 0, "a count");
  if (!(exposure > 0.0)) return {kNotKnown, kNotKnown, kNotKnown};
  const auto k = static_cast<double>(count);
  const double low = count == 0 ? 0.0 : GammaQuantile(k, kTail);
  return {k / exposure, low / exposure, GammaQuantile(k + 1.0, 1.0 - kTail) / exposure};
}

ExactInterval ShareOf(std::int64_t successes, std::int64_t trials) {
  LOOKOUT_CHECK(0 <= successes && successes <= trials, "successes among trials");
  if (trials == 0) return {kNotKnown, kNotKnown, kNotKnown};
  return ShareOfEffective(static_cast<double>(successes), static_cast<double>(trials));
}

ExactInterval ClusteredShareOf(std::span<const EpisodeTrials> episodes) {
  double successes = 0.0;
  double trials = 0.0;
  double clusters = 0.0;
  for (const EpisodeTrials& episode : episodes) {
    LOOKOUT_CHECK(0 <= episode.successes && episode.successes <= episode.trials,
                  "successes among trials");
    successes += static_cast<double>(episode.successes);
    trials += static_cast<double>(episode.trials);
    clusters += episode.trials > 0 ? 1.0 : 0.0;
  }
  if (trials == 0.0) return {kNotKnown, kNotKnown, kNotKnown};
  const double share = successes / trials;
  if (clusters < 2.0) return {share, 0.0, 1.0};
  double squares = 0.0;
  for (const EpisodeTrials& episode : episodes) {
    const double off =
        static_cast<double>(episode.successes) - share * static_cast<double>(episode.trials);
    squares += off * off;
  }
  const double variance = clusters / (clusters - 1.0) * squares / (trials * trials);
  const double independent = share * (1.0 - share);
  if (variance <= 1e-12 * independent || independent == 0.0) {
    return ShareOfEffective(share * clusters, clusters);
  }
  const double fewer = StudentReach(trials - 1.0) / StudentReach(clusters - 1.0);
  const double effective = std::min(trials, independent / variance * fewer * fewer);
  return ShareOfEffective(share * effective, effective);
}

double MostShareOf(std::int64_t successes, std::int64_t trials, double confidence) {
  LOOKOUT_CHECK(0 <= successes && successes <= trials, "successes among trials");
  if (successes == trials) return 1.0;
  const auto k = static_cast<double>(successes);
  return BetaQuantile(k + 1.0, static_cast<double>(trials) - k, confidence);
}

}  // namespace lookout::agents
