#include "agents/inspect/explanations/robot_pose.h"

#include <cmath>

namespace lookout::agents {

RobotPose PoseOf(const sim::SafetyGym& world) {
  const Eigen::Vector3d place = world.robot_position_in_world();
  const Eigen::Vector3d ahead = world.world_from_robot_rotation().col(0);
  return {place.x(), place.y(), std::atan2(ahead.y(), ahead.x())};
}

}  // namespace lookout::agents
