#include "agents/feedback/queries/disagreement.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lookout::agents {
namespace {

// The derivative of log Gamma, x > 0, to about 1e-10: recurrence up to 6, then the asymptotic
// series (Abramowitz and Stegun 6.3.18).
double Digamma(double x) {
  double sum = 0.0;
  for (; x < 6.0; x += 1.0) sum -= 1.0 / x;
  const double y = 1.0 / (x * x);
  return sum + std::log(x) - 0.5 / x -
         y * (1.0 / 12.0 - y * (1.0 / 120.0 - y * (1.0 / 252.0 - y / 240.0)));
}

double EntropyInNats(double p) {
  const auto part = [](double share) { return share > 0.0 ? -share * std::log(share) : 0.0; };
  return part(p) + part(1.0 - p);
}

}  // namespace

double Disagreement(double predicted, double spread) {
  const double mean = std::clamp(predicted, 0.0, 1.0);
  const double most = mean * (1.0 - mean);  // the variance of members that are all sure
  const double variance = spread * spread;
  if (variance <= 0.0 || most <= 0.0) return 0.0;
  const double whole = EntropyInNats(mean);
  if (variance >= most) return whole / std::numbers::ln2;
  // Beta(a, b) of this mean and variance; E[-p log p] = a / n (digamma(n + 1) - digamma(a + 1)).
  const double n = most / variance - 1.0;
  const double of_members = Digamma(n + 1.0) - mean * Digamma(mean * n + 1.0) -
                            (1.0 - mean) * Digamma((1.0 - mean) * n + 1.0);
  return std::clamp((whole - of_members) / std::numbers::ln2, 0.0, 1.0);
}

double Nearness(double predicted, double threshold) {
  return 1.0 - std::abs(predicted - threshold) / std::max(threshold, 1.0 - threshold);
}

}  // namespace lookout::agents
