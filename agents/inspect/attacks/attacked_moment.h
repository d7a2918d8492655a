// A moment that an attack puts together: a world with everything in its place, and the robot put
// somewhere in it. A value; any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>

#include "sim/config/config.h"
#include "sim/engine/safety_gym.h"
#include "sim/environment/camera_renderer.h"
#include "sim/environment/environment.h"

namespace lookout::agents {

// Where the robot is put, and what it does in the step that is judged.
struct AttackedMoment {
  std::uint32_t seed = 0;        // with which the world is reset
  sim::EnvironmentConfig world;  // with everything in its place
  double x_m = 0.0;
  double y_m = 0.0;
  double heading_rad = 0.0;
  double forward_m_s = 0.0;
  // A force on the robot during that step, newtons along the world's axes: a push.
  Eigen::Vector2d push_n = Eigen::Vector2d::Zero();
  // So long the robot rests after the reset, before it is put there, while gremlins go round.
  int wait_steps = 0;
  Eigen::VectorXd action;    // [action_dim]
  sim::Costs costs;          // that the step is charged
  double clearance_m = 0.0;  // to what costs after it; negative inside
  double probability = 0.0;  // that the model gives the step
};

// The moment's world after its wait, the robot where that left it. Fails as SafetyGym::Create and
// Reset.
Result<std::unique_ptr<sim::SafetyGym>> WorldOf(const AttackedMoment& moment,
                                                const sim::CameraFactory& cameras = {});

// Puts the robot where the moment has it, the hand that pushes it on it; which has to be taken away
// after the step. gym: as WorldOf made it.
void PutRobot(const AttackedMoment& moment, sim::SafetyGym& gym);

// Both: the world of a moment before the step.
Result<std::unique_ptr<sim::SafetyGym>> EnterMoment(const AttackedMoment& moment,
                                                    const sim::CameraFactory& cameras = {});

}  // namespace lookout::agents
