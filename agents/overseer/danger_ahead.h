// Which objects that cost the robot is about to come into, by geometry alone: where they are and
// how it moves. One owner, one thread.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "sim/config/config.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {

class DangerAhead {
 public:
  // foresight_s: for which the motion is taken to go on as it is; margin_m: added to every object.
  DangerAhead(const sim::EnvironmentConfig& config, double foresight_s, double margin_m);

  // One entry for each object of the scene, in its order: whether the robot's path over the
  // foresight comes into it, or leads further in where it is within already. Objects that cost
  // nothing are no danger. Does not allocate after the first call. Valid until the next one.
  const std::vector<bool>& Look(const sim::SafetyGym& gym);

 private:
  // How near its centre the robot's may come; negative: it may be touched.
  double ReachOf(const sim::SceneObject& object) const;
  void ReadScene(const std::vector<sim::SceneObject>& objects);

  sim::EnvironmentConfig config_;
  double foresight_s_;
  double margin_m_;
  std::vector<double> reach_m_;  // by object of the scene
  std::vector<bool> is_button_;  // likewise: nothing while it is the goal's
  bool has_buttons_ = false;
  sim::SimState state_;
  std::vector<bool> dangers_;
  Eigen::Matrix3Xd positions_;
};

}  // namespace lookout::agents
