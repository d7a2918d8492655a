#include "agents/feedback/audit/exact_interval.h"

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
  const auto k = static_cast<double>(successes);
  const auto n = static_cast<double>(trials);
  return {k / n, successes == 0 ? 0.0 : BetaQuantile(k, n - k + 1.0, kTail),
          MostShareOf(successes, trials, 1.0 - kTail)};
}

double MostShareOf(std::int64_t successes, std::int64_t trials, double confidence) {
  LOOKOUT_CHECK(0 <= successes && successes <= trials, "successes among trials");
  if (successes == trials) return 1.0;
  const auto k = static_cast<double>(successes);
  return BetaQuantile(k + 1.0, static_cast<double>(trials) - k, confidence);
}

}  // namespace lookout::agents
