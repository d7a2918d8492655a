#include "sim/engine/lidar.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lookout::sim {
namespace {

constexpr double kFullTurn = 2 * std::numbers::pi;

// Python's angle % (2 * pi). For a tiny negative angle that is 2 * pi itself.
double WrapAngle(double angle_rad) { return angle_rad < 0 ? angle_rad + kFullTurn : angle_rad; }

void Raise(double& bin, double reading) { bin = std::max(bin, reading); }

}  // namespace

PseudoLidar::PseudoLidar(const EnvironmentConfig& config)
    : max_distance_m_(config.lidar_max_dist),
      exponential_gain_(config.lidar_exp_gain),
      alias_(config.lidar_alias) {}

double PseudoLidar::Closeness(double distance_m) const {
  if (!max_distance_m_) return std::exp(-exponential_gain_ * distance_m);
  return std::max(0.0, *max_distance_m_ - distance_m) / *max_distance_m_;
}

void PseudoLidar::Add(const Eigen::Vector3d& robot_position_in_world,
                      const Eigen::Matrix3d& world_from_robot, double x_m, double y_m,
                      std::span<double> bins) const {
  const Eigen::Vector3d offset = Eigen::Vector3d(x_m, y_m, 0) - robot_position_in_world;
  const Eigen::Vector3d seen = world_from_robot.transpose() * offset;
  const double reading = Closeness(std::hypot(seen.x(), seen.y()));
  const double angle_rad = WrapAngle(std::atan2(seen.y(), seen.x()));

  const auto count = bins.size();
  const double bin_rad = kFullTurn / static_cast<double>(count);
  const auto bin = std::min(static_cast<std::size_t>(angle_rad / bin_rad), count - 1);
  Raise(bins[bin], reading);
  if (!alias_) return;
  // The neighbours share the reading by how near the target is to their side of the bin.
  const double share = (angle_rad - bin_rad * static_cast<double>(bin)) / bin_rad;
  Raise(bins[(bin + 1) % count], share * reading);
  Raise(bins[(bin + count - 1) % count], (1 - share) * reading);
}

}  // namespace lookout::sim
