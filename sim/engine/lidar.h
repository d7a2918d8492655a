// Safety Gym's pseudo-lidar: a ring of bins round the robot, each as full as the nearest target in
// its direction is close. Used by the environment and by the probe. Any thread; does not allocate.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <span>

#include "sim/config/config.h"

namespace lookout::sim {

class PseudoLidar {
 public:
  explicit PseudoLidar(const EnvironmentConfig& config);

  // Adds a target at (x, y), metres, world frame, to a ring of bins that started as zeros. Heights
  // are ignored: the target lies on the floor, and is turned by the robot's full rotation.
  void Add(const Eigen::Vector3d& robot_position_in_world, const Eigen::Matrix3d& world_from_robot,
           double x_m, double y_m, std::span<double> bins) const;

  // What a target at this distance reads: 1 at the robot, less with the distance.
  double Closeness(double distance_m) const;

 private:
  std::optional<double> max_distance_m_;
  double exponential_gain_;
  bool alias_;
};

}  // namespace lookout::sim
