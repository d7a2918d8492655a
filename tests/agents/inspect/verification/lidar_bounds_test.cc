#include "agents/inspect/verification/lidar_bounds.h"

#include <doctest/doctest.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/agents/inspect/verification/verification_support.h"

namespace lookout::agents {
namespace {

using test::DrawIn;

sim::EnvironmentConfig AnyLidar(RandomState& random) {
  sim::EnvironmentConfig config;
  if (random.Choice(2) == 0) config.lidar_max_dist = random.Uniform(0.5, 4.0);
  config.lidar_exp_gain = random.Uniform(0.5, 2.0);
  config.lidar_alias = random.Choice(4) != 0;
  constexpr int kBins[] = {1, 2, 3, 10, 16, 16};
  config.lidar_num_bins = kBins[random.Choice(6)];
  return config;
}

struct PoseBox {
  Interval x_m, y_m, heading_rad;
};

PoseBox AnyPoses(RandomState& random) {
  const double size = std::pow(10.0, random.Uniform(-4.0, 0.0));
  return {test::DrawInterval(-1.5, 1.5, size, random), test::DrawInterval(-1.5, 1.5, size, random),
          test::DrawInterval(-7.0, 7.0, 3.0 * size, random)};
}

// As the simulator reads them, in float32 as the model gets them.
Eigen::VectorXf BinsAt(const sim::PseudoLidar& lidar, const std::vector<sim::Point2>& things,
                       double x_m, double y_m, double heading_rad, int bins) {
  std::vector<double> read(static_cast<std::size_t>(bins), 0.0);
  const Eigen::Matrix3d turn =
      Eigen::AngleAxisd(heading_rad, Eigen::Vector3d::UnitZ()).toRotationMatrix();
  for (const sim::Point2& thing : things) {
    lidar.Add({x_m, y_m, 0.1}, turn, thing[0], thing[1], read);
  }
  return Eigen::Map<const Eigen::VectorXd>(read.data(), bins).cast<float>();
}

void CheckOnePose(const LidarBounds& bounds, const std::vector<Sighting>& seen,
                  const Eigen::VectorXf& read) {
  std::vector<Interval> bins(static_cast<std::size_t>(read.size()));
  bounds.Bins(seen, bins);
  for (Eigen::Index b = 0; b < read.size(); ++b) {
    REQUIRE(bins[static_cast<std::size_t>(b)].Widened(1e-7).Contains(double(read[b])));
  }
  Eigen::Index nearest = 0;
  const float closeness = read.maxCoeff(&nearest);
  const auto cases = bounds.Nearest(seen, static_cast<int>(read.size()));
  const bool known = std::ranges::any_of(cases, [&](const NearestBin& one) {
    return (one.bin == nearest || closeness == 0.0F) &&
           one.closeness.Widened(1e-7).Contains(double(closeness));
  });
  REQUIRE(known);
}

TEST_CASE("interval lidars contain what the simulator's lidar reads at poses of their box") {
  RandomState random(3);
  const int boxes = test::RandomCases() / 10;
  for (int i = 0; i < boxes; ++i) {
    const sim::EnvironmentConfig config = AnyLidar(random);
    const sim::PseudoLidar lidar(config);
    const LidarBounds bounds(config);
    std::vector<sim::Point2> things(static_cast<std::size_t>(random.Choice(5)));
    for (sim::Point2& thing : things) thing = {random.Uniform(-2, 2), random.Uniform(-2, 2)};
    const PoseBox poses = AnyPoses(random);
    std::vector<Sighting> seen;
    for (const sim::Point2& thing : things) {
      seen.push_back(SeenFromPoses(poses.x_m, poses.y_m, poses.heading_rad, thing));
    }
    for (int k = 0; k < 10; ++k) {
      const bool corner = k == 0;
      const double x = corner ? poses.x_m.low : DrawIn(poses.x_m, random);
      const double y = corner ? poses.y_m.high : DrawIn(poses.y_m, random);
      const double heading = corner ? poses.heading_rad.low : DrawIn(poses.heading_rad, random);
      CheckOnePose(bounds, seen, BinsAt(lidar, things, x, y, heading, config.lidar_num_bins));
    }
  }
}

TEST_CASE("a single pose is read as exactly as the margins allow") {
  RandomState random(4);
  sim::EnvironmentConfig config;
  config.lidar_max_dist = 3.0;
  const LidarBounds bounds(config);
  const sim::Point2 thing{0.4, 0.3};
  for (int i = 0; i < 1000; ++i) {
    const double heading = random.Uniform(-3.0, 3.0);
    const std::vector<Sighting> seen{SeenFromPoses({0, 0}, {0, 0}, {heading, heading}, thing)};
    std::vector<Interval> bins(16);
    bounds.Bins(seen, bins);
    for (const Interval& bin : bins) CHECK(bin.width() < 1e-5);
    const auto nearest = bounds.Nearest(seen, 16);
    CHECK(nearest.size() <= 2);
    CHECK(nearest[0].closeness.Contains(1.0 - 0.5 / 3.0));
  }
}

TEST_CASE("where the robot may stand on a thing, every bin may read it") {
  sim::EnvironmentConfig config;
  config.lidar_max_dist = 3.0;
  const LidarBounds bounds(config);
  const std::vector<Sighting> seen{SeenFromPoses({-0.1, 0.1}, {-0.1, 0.1}, {0, 0}, {0, 0})};
  CHECK(bounds.Nearest(seen, 16).size() == 16);
  CHECK(bounds.Nearest({}, 16).size() == 1);
}

}  // namespace
}  // namespace lookout::agents
