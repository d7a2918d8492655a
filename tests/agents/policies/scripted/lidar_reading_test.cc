#include "agents/policies/scripted/lidar_reading.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

namespace lookout::agents {
namespace {

using std::numbers::pi;

// What Safety Gym's pseudo-lidar shows of objects at these angles and distances, range 3 m.
Eigen::VectorXd Ring(const std::vector<std::pair<double, double>>& objects, int n = 16) {
  Eigen::VectorXd bins = Eigen::VectorXd::Zero(n);
  for (const auto& [angle, distance] : objects) {
    const double turned = std::fmod(angle + 2 * pi, 2 * pi) / (2 * pi / n);
    const int bin = static_cast<int>(turned);
    const double part = turned - bin;
    const double closeness = std::max(0.0, 3.0 - distance) / 3.0;
    bins[bin] = std::max(bins[bin], closeness);
    bins[(bin + 1) % n] = std::max(bins[(bin + 1) % n], part * closeness);
    bins[(bin + n - 1) % n] = std::max(bins[(bin + n - 1) % n], (1 - part) * closeness);
  }
  return bins;
}

TEST_CASE("one object's angle and closeness are read back exactly, all around") {
  for (int degrees = -179; degrees <= 180; ++degrees) {
    const double angle = degrees * pi / 180;
    CAPTURE(degrees);
    const LidarReturn found = NearestReturn(Ring({{angle, 1.2}}));
    CHECK(std::abs(std::remainder(found.angle_rad - angle, 2 * pi)) < 1e-9);
    CHECK(found.closeness == doctest::Approx(0.6));
  }
}

TEST_CASE("an empty ring shows nothing") {
  CHECK(NearestReturn(Ring({})).closeness == 0.0);
  CHECK(NearestReturn(Ring({{0.3, 5.0}})).closeness == 0.0);
}

TEST_CASE("objects apart from each other are told apart, the nearest is the nearest") {
  const Eigen::VectorXd ring = Ring({{0.1, 2.0}, {2.0, 0.5}, {-2.0, 1.0}});
  CHECK(NearestReturn(ring).angle_rad == doctest::Approx(2.0));
  std::vector<LidarReturn> returns;
  ReadReturns(ring, returns);
  REQUIRE(returns.size() == 3);
  CHECK(returns[0].angle_rad == doctest::Approx(0.1));
  CHECK(returns[1].angle_rad == doctest::Approx(2.0));
  CHECK(returns[2].angle_rad == doctest::Approx(-2.0));
}

}  // namespace
}  // namespace lookout::agents
