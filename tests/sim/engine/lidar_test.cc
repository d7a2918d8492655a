#include "sim/engine/lidar.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <vector>

using lookout::sim::EnvironmentConfig;
using lookout::sim::PseudoLidar;

namespace {

constexpr double kPi = std::numbers::pi;

EnvironmentConfig FourBins() {
  EnvironmentConfig config;
  config.lidar_num_bins = 4;
  config.lidar_max_dist = 2.0;
  return config;
}

Eigen::Matrix3d TurnedBy(double angle_rad) {
  Eigen::Matrix3d matrix = Eigen::Matrix3d::Identity();
  matrix(0, 0) = matrix(1, 1) = std::cos(angle_rad);
  matrix(1, 0) = std::sin(angle_rad);
  matrix(0, 1) = -matrix(1, 0);
  return matrix;
}

// What a robot at the origin, turned by an angle, sees of a target.
std::vector<double> Seen(const EnvironmentConfig& config, double x_m, double y_m,
                         double turned_rad = 0) {
  std::vector<double> bins(config.lidar_num_bins, 0.0);
  PseudoLidar(config).Add(Eigen::Vector3d::Zero(), TurnedBy(turned_rad), x_m, y_m, bins);
  return bins;
}

}  // namespace

TEST_CASE("A target in the middle of a bin fills it by closeness, and its neighbours by half") {
  const std::vector<double> bins = Seen(FourBins(), std::cos(kPi / 4), std::sin(kPi / 4));
  CHECK(bins[0] == doctest::Approx(0.5));
  CHECK(bins[1] == doctest::Approx(0.25));
  CHECK(bins[2] == 0.0);
  CHECK(bins[3] == doctest::Approx(0.25));
}

TEST_CASE("Near the edge of a bin the neighbour on that side gets almost everything") {
  const double angle_rad = 0.99 * kPi / 2;
  const std::vector<double> bins = Seen(FourBins(), std::cos(angle_rad), std::sin(angle_rad));
  CHECK(bins[1] == doctest::Approx(0.99 * 0.5));
  CHECK(bins[3] == doctest::Approx(0.01 * 0.5));
}

TEST_CASE("Without aliasing only the bin itself reads") {
  EnvironmentConfig config = FourBins();
  config.lidar_alias = false;
  const std::vector<double> bins = Seen(config, 0.5, 0.5);
  CHECK(bins[0] > 0.6);
  CHECK(bins[1] + bins[2] + bins[3] == 0.0);
}

TEST_CASE("The bins turn with the robot") {
  const std::vector<double> ahead = Seen(FourBins(), 1, 0.2);
  const double turned_rad = 2.0;
  const Eigen::Vector3d target = TurnedBy(turned_rad) * Eigen::Vector3d(1, 0.2, 0);
  const std::vector<double> turned = Seen(FourBins(), target.x(), target.y(), turned_rad);
  for (int i = 0; i < 4; ++i) CHECK(turned[i] == doctest::Approx(ahead[i]));
}

TEST_CASE("The nearest target of a direction counts, in whatever order they come") {
  const PseudoLidar lidar(FourBins());
  std::vector<double> bins(4, 0.0);
  for (const double distance_m : {1.5, 0.5, 1.0}) {
    lidar.Add(Eigen::Vector3d::Zero(), Eigen::Matrix3d::Identity(), distance_m, distance_m, bins);
  }
  CHECK(bins[0] == doctest::Approx(1 - std::sqrt(0.5) / 2));
}

TEST_CASE("Closeness falls linearly to the maximal distance, or exponentially without one") {
  EnvironmentConfig config;
  config.lidar_max_dist = 4.0;
  CHECK(PseudoLidar(config).Closeness(0) == 1.0);
  CHECK(PseudoLidar(config).Closeness(1) == 0.75);
  CHECK(PseudoLidar(config).Closeness(5) == 0.0);
  config.lidar_max_dist.reset();
  config.lidar_exp_gain = 0.5;
  CHECK(PseudoLidar(config).Closeness(2) == doctest::Approx(std::exp(-1.0)));
}

TEST_CASE("An angle a hair below zero falls into a bin, not beyond the last") {
  const std::vector<double> bins = Seen(FourBins(), 1.0, -1e-300);
  CHECK(bins[3] == doctest::Approx(0.5));
  CHECK(bins[0] == doctest::Approx(0.5));
}
