// What a function says of a robot that is put elsewhere in a world, sensed by the simulator itself.
// One owner, the world's thread; the world is as before once this is gone.
#pragma once

#include <Eigen/Core>
#include <span>

#include "agents/inspect/explanations/explained_function.h"
#include "sim/engine/what_if.h"

namespace lookout::agents {

class MovedRobot {
 public:
  // The world's present state is where moves begin. Both have to outlive this.
  MovedRobot(const ExplainedFunction& function, sim::SafetyGym& world)
      : function_(function), world_(world), from_(world.Save()) {}
  ~MovedRobot() { sim::ObserveMoved(world_, from_, {}); }
  MovedRobot(const MovedRobot&) = delete;
  MovedRobot& operator=(const MovedRobot&) = delete;

  // Leaves the robot there until the next call.
  void Go(const sim::RobotMove& move) { sim::ObserveMoved(world_, from_, move); }
  // [observation_dim x moves]. Leaves the robot at the last one.
  Eigen::MatrixXf Observe(std::span<const sim::RobotMove> moves);
  Eigen::VectorXd Values(std::span<const sim::RobotMove> moves) {
    return function_.Values(Observe(moves));
  }

 private:
  const ExplainedFunction& function_;
  sim::SafetyGym& world_;
  sim::SimState from_;
};

}  // namespace lookout::agents
