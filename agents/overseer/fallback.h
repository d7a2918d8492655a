// What brings a robot to rest, whatever it was about to do. Const use from any thread.
#pragma once

#include <Eigen/Core>

#include "agents/policies/scripted/robot_drive.h"
#include "sim/config/config.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {

class Fallback {
 public:
  // Rejects (kBadInput) a robot that nobody knows how to steer.
  static Result<Fallback> Create(const sim::EnvironmentConfig& config,
                                 const sim::EnvironmentSpec& spec);

  // What brings the robot to rest from its present motion. action: [action_dim], overwritten. Does
  // not allocate.
  void Brake(const sim::SafetyGym& gym, Eigen::VectorXd& action) const;

 private:
  explicit Fallback(RobotDrive drive) : drive_(drive) {}

  RobotDrive drive_;
};

}  // namespace lookout::agents
