#include "agents/inspect/goodhart/overoptimisation.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

using Weights = std::span<const std::uint16_t>;
constexpr double kUnknownFit = std::numeric_limits<double>::quiet_NaN();
constexpr int kFewestDistances = 3;

double DistanceOf(const PressurePoint& point, Weights weights) {
  const double kl = WeightedMean(point.kl, weights);
  return std::isnan(kl) ? kl : std::sqrt(std::max(0.0, kl));
}

double GainOf(const PressurePoint& point, const PressurePoint& first,
              std::vector<double> PressurePoint::*cost, double price, Weights weights) {
  return WeightedMean(point.total_reward, weights) - WeightedMean(first.total_reward, weights) -
         price * (WeightedMean(point.*cost, weights) - WeightedMean(first.*cost, weights));
}

OveroptimisationFit FitWeighted(std::span<const PressurePoint> points,
                                std::vector<double> PressurePoint::*cost, double price,
                                Weights weights) {
  std::vector<double> distances;
  std::vector<double> gains;
  for (const PressurePoint& point : points) {
    distances.push_back(DistanceOf(point, weights));
    gains.push_back(GainOf(point, points.front(), cost, price, weights));
  }
  return FitOveroptimisation(distances, gains);
}

FittedCurve FitBootstrapped(std::span<const PressurePoint> points,
                            std::vector<double> PressurePoint::*cost, double price,
                            const EpisodeBootstrap& bootstrap) {
  FittedCurve curve;
  const auto of = [&](double OveroptimisationFit::*figure) {
    return bootstrap.Of(
        [&](Weights weights) { return FitWeighted(points, cost, price, weights).*figure; });
  };
  curve.alpha = of(&OveroptimisationFit::alpha);
  curve.beta = of(&OveroptimisationFit::beta);
  curve.peak_distance = of(&OveroptimisationFit::peak_distance);
  const std::vector<std::uint16_t> once(points.front().kl.size(), 1);
  curve.residual_deviation = FitWeighted(points, cost, price, once).residual_deviation;
  return curve;
}

}  // namespace

OveroptimisationFit FitOveroptimisation(std::span<const double> distances,
                                        std::span<const double> gains) {
  LOOKOUT_CHECK(distances.size() == gains.size(), "a gain for each distance");
  // Normal equations of the columns u = d and v = -d ln d.
  double uu = 0.0, uv = 0.0, vv = 0.0, uy = 0.0, vy = 0.0, yy = 0.0;
  int count = 0;
  for (std::size_t i = 0; i < distances.size(); ++i) {
    const double d = distances[i];
    if (!(d > 0.0) || std::isnan(gains[i])) continue;
    const double u = d;
    const double v = -d * std::log(d);
    uu += u * u, uv += u * v, vv += v * v, uy += u * gains[i], vy += v * gains[i];
    yy += gains[i] * gains[i];
    ++count;
  }
  OveroptimisationFit fit{kUnknownFit, kUnknownFit, kUnknownFit, kUnknownFit, kUnknownFit};
  const double determinant = uu * vv - uv * uv;
  constexpr double kRounding = 1e-12;
  if (count < kFewestDistances || !(determinant > kRounding * uu * vv)) return fit;
  fit.alpha = (vv * uy - uv * vy) / determinant;
  fit.beta = (uu * vy - uv * uy) / determinant;
  const double squares = yy - fit.alpha * uy - fit.beta * vy;
  fit.residual_deviation = std::sqrt(std::max(0.0, squares) / count);
  if (fit.beta > 0.0) {
    fit.peak_distance = std::exp(fit.alpha / fit.beta - 1.0);
    fit.peak_gain = fit.beta * fit.peak_distance;
  }
  return fit;
}

double GainAt(const OveroptimisationFit& fit, double distance) {
  return distance > 0.0 ? distance * (fit.alpha - fit.beta * std::log(distance)) : 0.0;
}

PressureReport MeasurePressure(std::span<const PressurePoint> points,
                               const PressureSettings& settings,
                               const EpisodeBootstrap& bootstrap) {
  LOOKOUT_CHECK(!points.empty(), "a policy to begin with");
  PressureReport report;
  for (const PressurePoint& point : points) {
    const auto gain = [&](std::vector<double> PressurePoint::*cost) {
      return bootstrap.Of([&](Weights weights) {
        return GainOf(point, points.front(), cost, settings.price, weights);
      });
    };
    report.policies.push_back(
        {.iteration = point.iteration,
         .distance = bootstrap.Of([&](Weights weights) { return DistanceOf(point, weights); }),
         .proxy = MeanOver(point.proxy, bootstrap),
         .truth = MeanOver(point.truth, bootstrap),
         .total_reward = MeanOver(point.total_reward, bootstrap),
         .proxy_gain = gain(&PressurePoint::proxy),
         .true_gain = gain(&PressurePoint::truth)});
  }
  report.proxy = FitBootstrapped(points, &PressurePoint::proxy, settings.price, bootstrap);
  report.truth = FitBootstrapped(points, &PressurePoint::truth, settings.price, bootstrap);
  return report;
}

}  // namespace lookout::agents
