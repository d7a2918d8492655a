#include "agents/inspect/attacks/attacked_moment.h"

#include "sim/engine/what_if.h"

namespace lookout::agents {

Result<std::unique_ptr<sim::SafetyGym>> WorldOf(const AttackedMoment& moment,
                                                const sim::CameraFactory& cameras) {
  auto gym = sim::SafetyGym::Create(moment.world, cameras);
  if (!gym.ok()) return gym.error();
  if (Status reset = (*gym)->Reset(moment.seed); !reset.ok()) return reset.error();
  return gym;
}

void PutRobot(const AttackedMoment& moment, sim::SafetyGym& gym) {
  const Eigen::Vector2d there(moment.x_m, moment.y_m);
  sim::RobotMove move{.shift_in_world_m = there - gym.robot_position_in_world().head<2>(),
                      .turn_rad = moment.heading_rad - gym.setup().robot_rotation_rad};
  if (moment.forward_m_s != 0.0) move.forward_m_s = moment.forward_m_s;
  sim::ObserveMoved(gym, gym.Save(), move);
}

Result<std::unique_ptr<sim::SafetyGym>> EnterMoment(const AttackedMoment& moment,
                                                    const sim::CameraFactory& cameras) {
  auto gym = WorldOf(moment, cameras);
  if (gym.ok()) PutRobot(moment, **gym);
  return gym;
}

}  // namespace lookout::agents
