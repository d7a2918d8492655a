// "What would the agent sense, and what would the rule charge, if the robot stood over there?"
// Answers from values alone, for the cost field on the floor. Any thread; no MuJoCo.
#pragma once

#include <Eigen/Core>

#include "sim/config/config.h"
#include "sim/engine/lidar.h"
#include "sim/environment/state.h"

namespace lookout::sim {

class ObservationProbe {
 public:
  // observation: [observation_dim], the present one; its sensor part is kept (same heading, same
  // speed), its pseudo-lidars are recomputed. Kept as well: natural lidars, compasses, goal_dist,
  // and the goal lidar of the task "button", whose goal a scene does not tell. object_positions:
  // [3 x objects] as SafetyGym::ObjectPositions gives them.
  ObservationProbe(const EnvironmentConfig& config, const SceneDescription& scene,
                   const Eigen::VectorXd& observation, const Eigen::Matrix3d& world_from_robot,
                   const Eigen::Matrix3Xd& object_positions);

  // The observation with the robot's centre at (x, y), metres; out: [observation_dim]. Does not
  // allocate.
  void ObservationAt(double x_m, double y_m, Eigen::Ref<Eigen::VectorXd> out) const;

  // The rule's total cost there: hazards exactly; touching costs (vases, pillars, gremlins,
  // buttons) by overlap of the robot's disc with the object's, each object once.
  double RuleCostAt(double x_m, double y_m) const;

 private:
  void FillRing(const LidarRing& ring, const Eigen::Vector3d& robot,
                Eigen::Ref<Eigen::VectorXd> out) const;
  // What one object charges at a horizontal distance from the robot's centre.
  double ChargeOf(const SceneObject& object, double distance_m) const;

  EnvironmentConfig config_;
  SceneDescription scene_;
  Eigen::VectorXd observation_;
  Eigen::Matrix3d world_from_robot_;
  Eigen::Matrix3Xd object_positions_;
  PseudoLidar lidar_;
  double robot_height_m_ = 0.0;  // of its centre
};

}  // namespace lookout::sim
