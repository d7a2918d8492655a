#include "agents/feedback/agreement/verdict_counts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace lookout::agents {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

// The coefficients of a polynomial, highest power first.
template <std::size_t N>
double Polynomial(const std::array<double, N>& coefficients, double x) {
  return std::accumulate(coefficients.begin(), coefficients.end(), 0.0,
                         [x](double sum, double next) { return sum * x + next; });
}

// Acklam's rational approximation in the lower half, to about 1e-9.
double RoughLowerQuantile(double p) {
  constexpr double kTail = 0.02425;
  constexpr std::array kNumerator{-3.969683028665376e+01, 2.209460984245205e+02,
                                  -2.759285104469687e+02, 1.383577518672690e+02,
                                  -3.066479806614716e+01, 2.506628277459239e+00};
  constexpr std::array kDenominator{-5.447609879822406e+01, 1.615858368580409e+02,
                                    -1.556989798598866e+02, 6.680131188771972e+01,
                                    -1.328068155288572e+01, 1.0};
  constexpr std::array kTailNumerator{-7.784894002430293e-03, -3.223964580411365e-01,
                                      -2.400758277161838e+00, -2.549732539343734e+00,
                                      4.374664141464968e+00,  2.938163982698783e+00};
  constexpr std::array kTailDenominator{7.784695709041462e-03, 3.224671290700398e-01,
                                        2.445134137142996e+00, 3.754408661907416e+00, 1.0};
  if (p < kTail) {
    const double q = std::sqrt(-2.0 * std::log(p));
    return Polynomial(kTailNumerator, q) / Polynomial(kTailDenominator, q);
  }
  const double q = p - 0.5;
  return q * Polynomial(kNumerator, q * q) / Polynomial(kDenominator, q * q);
}

struct Rates {
  double hits = 0.0;
  double false_alarms = 0.0;
};

Rates CorrectedRates(const VerdictCounts& counts) {
  const auto rate = [](std::int64_t count, std::int64_t of) {
    return (static_cast<double>(count) + 0.5) / (static_cast<double>(of) + 1.0);
  };
  return {rate(counts.both, counts.both + counts.only_second),
          rate(counts.only_first, counts.only_first + counts.neither)};
}

bool HasSignalAndNoise(const VerdictCounts& counts) {
  return counts.both + counts.only_second > 0 && counts.only_first + counts.neither > 0;
}

double SharedPart(std::int64_t shared, std::int64_t apart) {
  if (shared + apart == 0) return kUndefined;
  return 2.0 * static_cast<double>(shared) / static_cast<double>(2 * shared + apart);
}

}  // namespace

VerdictCounts& VerdictCounts::AddTimes(const VerdictCounts& other, std::int64_t times) {
  both += times * other.both;
  only_first += times * other.only_first;
  only_second += times * other.only_second;
  neither += times * other.neither;
  return *this;
}

double Kappa(const VerdictCounts& counts) {
  const auto steps = static_cast<double>(counts.steps());
  if (steps == 0.0) return kUndefined;
  const auto first = static_cast<double>(counts.both + counts.only_first);
  const auto second = static_cast<double>(counts.both + counts.only_second);
  const double observed = static_cast<double>(counts.both + counts.neither) / steps;
  const double by_chance = (first * second + (steps - first) * (steps - second)) / (steps * steps);
  return by_chance >= 1.0 ? kUndefined : (observed - by_chance) / (1.0 - by_chance);
}

double PositiveAgreement(const VerdictCounts& counts) {
  return SharedPart(counts.both, counts.only_first + counts.only_second);
}

double NegativeAgreement(const VerdictCounts& counts) {
  return SharedPart(counts.neither, counts.only_first + counts.only_second);
}

double DPrime(const VerdictCounts& counts) {
  if (!HasSignalAndNoise(counts)) return kUndefined;
  const Rates rates = CorrectedRates(counts);
  return NormalQuantile(rates.hits) - NormalQuantile(rates.false_alarms);
}

double Criterion(const VerdictCounts& counts) {
  if (!HasSignalAndNoise(counts)) return kUndefined;
  const Rates rates = CorrectedRates(counts);
  return -0.5 * (NormalQuantile(rates.hits) + NormalQuantile(rates.false_alarms));
}

double NormalQuantile(double probability) {
  if (probability > 0.5) return -NormalQuantile(1.0 - probability);
  const double rough = RoughLowerQuantile(probability);
  // One step of Halley's method.
  const double error = 0.5 * std::erfc(-rough * std::numbers::sqrt2 / 2.0) - probability;
  const double step = error * std::sqrt(2.0 * std::numbers::pi) * std::exp(rough * rough / 2.0);
  return rough - step / (1.0 + rough * step / 2.0);
}

}  // namespace lookout::agents
