// What is done in place of an action that a person blocks: the robot is brought to rest. Player
// thread.
#pragma once

#include <Eigen/Core>

#include "sim/engine/safety_gym.h"

namespace lookout::app {

class SafeAction {
 public:
  explicit SafeAction(const sim::SafetyGym& gym);
  // action: [action_dim], overwritten.
  void Brake(const sim::SafetyGym& gym, Eigen::VectorXd& action) const;

 private:
  double full_action_ = 1.0;
  bool thrusts_ = false;  // a force along its heading, which no friction stops
  Eigen::Vector3d forward_in_body_;
};

}  // namespace lookout::app
