#include "agents/overseer/networks/share_bounds.h"

#include <cmath>
#include <limits>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

double AwayFromZero(double value) {
  constexpr double kTiny = 1e-300;
  return std::abs(value) < kTiny ? kTiny : value;
}

// Lentz's method.
double BetaFraction(double a, double b, double x) {
  constexpr int kMostTerms = 10'000;
  double c = 1.0;
  double d = 1.0 / AwayFromZero(1.0 - (a + b) * x / (a + 1.0));
  double fraction = d;
  for (int m = 1; m <= kMostTerms; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m));
    d = 1.0 / AwayFromZero(1.0 + even * d);
    c = AwayFromZero(1.0 + even / c);
    fraction *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0));
    d = 1.0 / AwayFromZero(1.0 + odd * d);
    c = AwayFromZero(1.0 + odd / c);
    fraction *= d * c;
    if (std::abs(d * c - 1.0) < std::numeric_limits<double>::epsilon()) break;
  }
  return fraction;
}

// The x at which BetaProbability is `probability`; it grows with x.
double BetaQuantile(double a, double b, double probability) {
  double low = 0.0;
  double high = 1.0;
  for (int i = 0; i < 100; ++i) {
    const double middle = 0.5 * (low + high);
    (BetaProbability(a, b, middle) < probability ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace

double BetaProbability(double a, double b, double x) {
  if (x <= 0.0) return 0.0;
  if (x >= 1.0) return 1.0;
  const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) +
                                a * std::log(x) + b * std::log1p(-x));
  if (x < (a + 1.0) / (a + b + 2.0)) return front * BetaFraction(a, b, x) / a;
  return 1.0 - front * BetaFraction(b, a, 1.0 - x) / b;
}

ShareBounds ExactShareBounds(std::int64_t hits, std::int64_t trials, double level) {
  LOOKOUT_CHECK(hits >= 0 && hits <= trials && level > 0.0 && level < 1.0, "a share of trials");
  ShareBounds bounds;
  const double tail = 0.5 * (1.0 - level);
  const auto k = static_cast<double>(hits);
  const auto n = static_cast<double>(trials);
  if (hits > 0) bounds.low = BetaQuantile(k, n - k + 1.0, tail);
  if (hits < trials) bounds.high = BetaQuantile(k + 1.0, n - k, 1.0 - tail);
  return bounds;
}

}  // namespace lookout::agents
