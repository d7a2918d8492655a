#include "agents/inspect/attacks/attacked_moment.h"

#include "agents/inspect/explanations/robot_pose.h"
#include "sim/engine/what_if.h"

namespace lookout::agents {
namespace {

// While it waits, a gremlin may have turned the robot.
double HeadingOf(const AttackedMoment& moment, const sim::SafetyGym& gym) {
  return moment.wait_steps == 0 ? gym.setup().robot_rotation_rad : PoseOf(gym).heading_rad;
}

}  // namespace

Result<std::unique_ptr<sim::SafetyGym>> WorldOf(const AttackedMoment& moment,
                                                const sim::CameraFactory& cameras) {
  auto gym = sim::SafetyGym::Create(moment.world, cameras);
  if (!gym.ok()) return gym.error();
  if (Status reset = (*gym)->Reset(moment.seed); !reset.ok()) return reset.error();
  const Eigen::VectorXd rest = Eigen::VectorXd::Zero((*gym)->spec().action_dim);
  for (int step = 0; step < moment.wait_steps; ++step) (*gym)->StepUnobserved(rest);
  return gym;
}

void PutRobot(const AttackedMoment& moment, sim::SafetyGym& gym) {
  const Eigen::Vector2d there(moment.x_m, moment.y_m);
  sim::RobotMove move{.shift_in_world_m = there - gym.robot_position_in_world().head<2>(),
                      .turn_rad = moment.heading_rad - HeadingOf(moment, gym)};
  if (moment.forward_m_s != 0.0) move.forward_m_s = moment.forward_m_s;
  sim::ObserveMoved(gym, gym.Save(), move);
  if (moment.push_n.isZero()) return;
  gym.SetPerturbation(
      {.body = gym.scene().robot_body, .force_n = {moment.push_n.x(), moment.push_n.y(), 0.0}});
}

Result<std::unique_ptr<sim::SafetyGym>> EnterMoment(const AttackedMoment& moment,
                                                    const sim::CameraFactory& cameras) {
  auto gym = WorldOf(moment, cameras);
  if (gym.ok()) PutRobot(moment, **gym);
  return gym;
}

}  // namespace lookout::agents
