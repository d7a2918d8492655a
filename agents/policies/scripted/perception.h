// What a scripted agent makes of its observation: where things are, as seen from the robot. Angles
// are from its direction of travel, positive to the left. A value; const use from any thread.
#pragma once

#include <Eigen/Core>
#include <array>
#include <optional>
#include <vector>

#include "agents/policies/scripted/lidar_reading.h"
#include "sim/config/config.h"
#include "sim/environment/environment.h"
#include "sim/environment/kinds.h"

namespace lookout::agents {

struct Sighting {
  double angle_rad = 0.0;
  double distance_m = 0.0;

  // Along the direction of travel, and to the left; metres.
  Eigen::Vector2d point_m() const;
  static Sighting At(const Eigen::Vector2d& point_m);
};

class Perception {
 public:
  // forward_angle_rad: the direction of travel in the robot's own frame.
  Perception(const sim::EnvironmentConfig& config, const sim::EnvironmentSpec& spec,
             double forward_angle_rad);

  bool sees(sim::SceneObjectKind kind) const { return ring(kind).bins > 0; }
  bool has_compass() const { return magnetometer_ >= 0; }

  // The nearest of a kind; none if none is in range or the kind is not observed.
  std::optional<Sighting> Nearest(const Eigen::VectorXd& observation,
                                  sim::SceneObjectKind kind) const;
  // Every one that the lidar tells apart, into `out`, whose memory is reused; `returns` likewise.
  void All(const Eigen::VectorXd& observation, sim::SceneObjectKind kind,
           std::vector<LidarReturn>& returns, std::vector<Sighting>& out) const;

  // Speed ahead and to the left, m/s; none without a velocimeter.
  std::optional<Eigen::Vector2d> Velocity(const Eigen::VectorXd& observation) const;
  // The angle to the world's x axis; none without a magnetometer.
  std::optional<double> AngleToX(const Eigen::VectorXd& observation) const;

 private:
  struct Ring {
    int offset = -1;
    int bins = 0;
  };
  const Ring& ring(sim::SceneObjectKind kind) const {
    return rings_[static_cast<std::size_t>(kind)];
  }
  Sighting From(const LidarReturn& seen) const;

  std::array<Ring, sim::kSceneObjectKindCount> rings_;  // by sim::SceneObjectKind
  std::optional<double> lidar_range_m_;
  double lidar_gain_;
  double forward_angle_rad_;
  int velocimeter_ = -1;
  int magnetometer_ = -1;
};

}  // namespace lookout::agents
