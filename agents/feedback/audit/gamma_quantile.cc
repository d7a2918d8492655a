#include "agents/feedback/audit/gamma_quantile.h"

#include <cmath>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

constexpr int kMostTerms = 100'000;  // some times the root of the shape are needed
constexpr double kPrecise = 1e-14;

double Series(double shape, double x) {
  double term = 1.0 / shape;
  double sum = term;
  for (int i = 1; i < kMostTerms && term > sum * kPrecise; ++i) {
    term *= x / (shape + i);
    sum += term;
  }
  return sum * std::exp(shape * std::log(x) - x - std::lgamma(shape));
}

// Of what lies above x, by Lentz's method.
double ContinuedFraction(double shape, double x) {
  constexpr double kTiny = 1e-300;
  double b = x + 1.0 - shape;
  double c = 1.0 / kTiny;
  double d = 1.0 / b;
  double value = d;
  for (int i = 1; i < kMostTerms; ++i) {
    const double a = -i * (i - shape);
    b += 2.0;
    d = a * d + b;
    d = 1.0 / (std::abs(d) < kTiny ? kTiny : d);
    c = b + a / c;
    if (std::abs(c) < kTiny) c = kTiny;
    value *= d * c;
    if (std::abs(d * c - 1.0) < kPrecise) break;
  }
  return value * std::exp(shape * std::log(x) - x - std::lgamma(shape));
}

}  // namespace

double GammaProbability(double shape, double x) {
  LOOKOUT_CHECK(shape > 0.0, "a gamma distribution has a positive shape");
  if (x <= 0.0) return 0.0;
  return x < shape + 1.0 ? Series(shape, x) : 1.0 - ContinuedFraction(shape, x);
}

double GammaQuantile(double shape, double probability) {
  LOOKOUT_CHECK(probability > 0.0 && probability < 1.0, "a probability within (0, 1)");
  double low = 0.0;
  double high = shape + 1.0;
  while (GammaProbability(shape, high) < probability) high *= 2.0;
  constexpr int kHalvings = 200;
  for (int i = 0; i < kHalvings && high - low > 1e-11 * high; ++i) {
    const double middle = 0.5 * (low + high);
    (GammaProbability(shape, middle) < probability ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace lookout::agents
