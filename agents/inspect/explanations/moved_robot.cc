#include "agents/inspect/explanations/moved_robot.h"

namespace lookout::agents {

Eigen::MatrixXf MovedRobot::Observe(std::span<const sim::RobotMove> moves) {
  Eigen::MatrixXf observations(world_.spec().observation_dim, std::ssize(moves));
  for (std::size_t i = 0; i < moves.size(); ++i) {
    Go(moves[i]);
    observations.col(static_cast<Eigen::Index>(i)) = world_.observation().cast<float>();
  }
  return observations;
}

}  // namespace lookout::agents
