#include "agents/feedback/robustness/power_law.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lookout::agents {
namespace {

constexpr int kFloors = 200;
constexpr double kMostFloor = 0.999;  // of the least error
constexpr double kExtrapolate = 4.0;

struct Fitted {
  PowerLaw law;
  double residual = std::numeric_limits<double>::infinity();
};

// With a known floor: a weighted line through the logarithms.
Fitted WithFloor(std::span<const ErrorAtSize> sizes, double floor) {
  double weights = 0.0;
  double mean_x = 0.0;
  double mean_y = 0.0;
  const auto weight = [&](const ErrorAtSize& at) {
    const double above = (at.error - floor) / (at.deviation > 0.0 ? at.deviation : at.error);
    return above * above;  // 1 / the variance of log(E - c), by the first derivative
  };
  for (const ErrorAtSize& at : sizes) {
    weights += weight(at);
    mean_x += weight(at) * std::log(at.n);
    mean_y += weight(at) * std::log(at.error - floor);
  }
  mean_x /= weights;
  mean_y /= weights;
  double xx = 0.0;
  double xy = 0.0;
  for (const ErrorAtSize& at : sizes) {
    const double x = std::log(at.n) - mean_x;
    xx += weight(at) * x * x;
    xy += weight(at) * x * (std::log(at.error - floor) - mean_y);
  }
  const double slope = xy / xx;
  Fitted fitted{{.a = std::exp(mean_y - slope * mean_x), .b = -slope, .c = floor}, 0.0};
  for (const ErrorAtSize& at : sizes) {
    const double off = at.error - floor - fitted.law.a * std::pow(at.n, slope);
    const double scale = at.deviation > 0.0 ? at.deviation : at.error;
    fitted.residual += off * off / (scale * scale);
  }
  return fitted;
}

}  // namespace

std::optional<double> PowerLaw::At(double n) const {
  if (n > kExtrapolate * most_n) return std::nullopt;
  return a * std::pow(n, -b) + c;
}

double PowerLaw::factor_to_halve() const {
  return b > 0.0 ? std::pow(2.0, 1.0 / b) : std::numeric_limits<double>::infinity();
}

std::optional<PowerLaw> FitPowerLaw(std::span<const ErrorAtSize> sizes) {
  constexpr std::size_t kLeastSizes = 3;
  if (sizes.size() < kLeastSizes) return std::nullopt;
  double least = std::numeric_limits<double>::infinity();
  double most_n = 0.0;
  for (const ErrorAtSize& at : sizes) {
    if (!(at.error > 0.0) || !(at.n > 0.0)) return std::nullopt;
    least = std::min(least, at.error);
    most_n = std::max(most_n, at.n);
  }
  Fitted best;
  for (int i = 0; i < kFloors; ++i) {
    const Fitted fitted = WithFloor(sizes, kMostFloor * least * i / (kFloors - 1.0));
    if (fitted.residual < best.residual) best = fitted;
  }
  if (!std::isfinite(best.residual)) return std::nullopt;
  best.law.most_n = most_n;
  return best.law;
}

}  // namespace lookout::agents
