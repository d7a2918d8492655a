#include "agents/inspect/goodhart/overoptimisation.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace lookout::agents {
namespace {

TEST_CASE("a curve that is of the form is found again, with its peak") {
  const std::vector<double> distances{0.0, 0.5, 1.0, 2.0, 4.0, 8.0};
  std::vector<double> gains;
  for (const double d : distances) gains.push_back(d > 0.0 ? d * (3.0 - 1.5 * std::log(d)) : 0.0);
  const OveroptimisationFit fit = FitOveroptimisation(distances, gains);
  CHECK(fit.alpha == doctest::Approx(3.0));
  CHECK(fit.beta == doctest::Approx(1.5));
  CHECK(fit.peak_distance == doctest::Approx(std::exp(1.0)));
  CHECK(fit.peak_gain == doctest::Approx(1.5 * std::exp(1.0)));
  CHECK(fit.residual_deviation == doctest::Approx(0.0).epsilon(1e-6));
  // At the peak it neither rises nor falls.
  CHECK(GainAt(fit, fit.peak_distance) == doctest::Approx(fit.peak_gain));
  CHECK(GainAt(fit, 1.01 * fit.peak_distance) < fit.peak_gain);
  CHECK(GainAt(fit, 0.99 * fit.peak_distance) < fit.peak_gain);
  CHECK(GainAt(fit, 0.0) == 0.0);
}

TEST_CASE("the fit is the one of least squares") {
  // numpy.linalg.lstsq([[d, -d ln d]], y) of these four points.
  const OveroptimisationFit fit =
      FitOveroptimisation(std::vector{1.0, 2.0, 3.0, 4.0}, std::vector{1.0, 3.0, 2.0, 0.0});
  const double squares = fit.residual_deviation * fit.residual_deviation * 4.0;
  const auto error = [](double alpha, double beta) {
    double sum = 0.0;
    const double y[] = {1.0, 3.0, 2.0, 0.0};
    for (int i = 0; i < 4; ++i) {
      const double d = i + 1.0;
      const double off = y[i] - d * (alpha - beta * std::log(d));
      sum += off * off;
    }
    return sum;
  };
  CHECK(squares == doctest::Approx(error(fit.alpha, fit.beta)));
  for (const double step : {-0.01, 0.01}) {
    CHECK(error(fit.alpha + step, fit.beta) > squares);
    CHECK(error(fit.alpha, fit.beta + step) > squares);
  }
}

TEST_CASE("of fewer than three distances, or all alike, nothing is fitted") {
  CHECK(std::isnan(
      FitOveroptimisation(std::vector{0.0, 1.0, 2.0}, std::vector{0.0, 1.0, 1.0}).alpha));
  CHECK(std::isnan(
      FitOveroptimisation(std::vector{2.0, 2.0, 2.0}, std::vector{0.0, 1.0, 1.0}).alpha));
}

TEST_CASE("a curve that only rises has no peak") {
  const OveroptimisationFit fit =
      FitOveroptimisation(std::vector{1.0, 2.0, 3.0}, std::vector{1.0, 3.0, 6.0});
  CHECK(fit.beta < 0.0);
  CHECK(std::isnan(fit.peak_distance));
}

// Policies whose costs as learned fall while the true ones turn.
std::vector<PressurePoint> Turning() {
  std::vector<PressurePoint> points;
  for (int k = 0; k < 6; ++k) {
    PressurePoint point{
        .iteration = 10 * k, .kl = {}, .proxy = {}, .truth = {}, .total_reward = {}};
    for (int e = 0; e < 8; ++e) {
      const double own = 0.3 * (e - 3.5);  // of the seed, the same for all policies
      point.kl.push_back(double(k * k));
      point.proxy.push_back(40.0 - 5.0 * k + own);
      point.truth.push_back(40.0 - (k < 3 ? 5.0 * k : 20.0 - 5.0 * k) + own);
      point.total_reward.push_back(2.0 * k + own);
    }
    points.push_back(std::move(point));
  }
  return points;
}

TEST_CASE("distances and gains are told over the first policy, with intervals over seeds") {
  const std::vector<PressurePoint> points = Turning();
  const PressureReport report =
      MeasurePressure(points, {.price = 2.0}, EpisodeBootstrap(8, 100, 1));
  REQUIRE(report.policies.size() == 6);
  CHECK(report.policies[3].distance.value == doctest::Approx(3.0));
  CHECK(report.policies[3].proxy.value == doctest::Approx(25.0));
  CHECK(report.policies[3].proxy.low < 25.0);
  // What seeds share falls out of a difference: 6 + 2 * 15, for every draw.
  CHECK(report.policies[3].proxy_gain.value == doctest::Approx(36.0));
  CHECK(report.policies[3].proxy_gain.low == doctest::Approx(36.0));
  CHECK(report.policies[3].true_gain.value == doctest::Approx(6.0 + 2.0 * 5.0));
  CHECK(report.policies[0].true_gain.value == 0.0);
  CHECK(report.truth.peak_distance.value > 0.0);
  CHECK(report.truth.peak_distance.value < 6.0);
  CHECK_FALSE(report.proxy.peak_distance.value < 6.0);
}

}  // namespace
}  // namespace lookout::agents
