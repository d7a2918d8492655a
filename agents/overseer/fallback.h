// What an overseer does instead of an action that it does not let pass, when nothing better is
// known: bring the robot to rest. A value; const use from any thread.
#pragma once

#include <Eigen/Core>

#include "sim/config/config.h"
#include "sim/engine/safety_gym.h"
#include "sim/robots/robots.h"

namespace lookout::agents {

class Fallback {
 public:
  // Rejects (kBadInput) a robot with other motors than its kind has.
  static Result<Fallback> Create(const sim::EnvironmentConfig& config,
                                 const sim::EnvironmentSpec& spec);

  // The next step of coming to rest from the present motion. Point throttles against its forward
  // speed and does not turn, Car and Doggo do nothing: wheels roll out in 5 steps, legs fold. What
  // slides sideways only slows down by itself. action: [action_dim]. Does not allocate once action
  // has that size.
  void Brake(const sim::SafetyGym& gym, Eigen::VectorXd& action) const;

  const sim::Robot& robot() const { return *robot_; }
  // Steps within which it stands, or nearly.
  int rest_after_steps() const { return robot_->braking.rest_after_steps; }

 private:
  explicit Fallback(const sim::Robot& robot) : robot_(&robot) {}

  const sim::Robot* robot_;
};

}  // namespace lookout::agents
