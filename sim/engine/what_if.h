// What the robot would observe, were something otherwise: without some of the objects, or had the
// robot been put elsewhere. For explanations of what a network makes of it. The world's thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <span>

#include "sim/base/result.h"
#include "sim/engine/safety_gym.h"

namespace lookout::sim {

// On the floor, from where the robot is.
struct RobotMove {
  Eigen::Vector2d shift_in_world_m = Eigen::Vector2d::Zero();
  double turn_rad = 0.0;  // about the vertical, counter-clockwise; its motion turns along
  // Its horizontal motion is replaced by this, along where it looks then; backward if negative.
  // Its joints, such as wheels, go on as they did.
  std::optional<double> forward_m_s;
};

// Whether objects can be taken out of what is observed. Rejects (kBadInput) natural lidars and
// cameras, to which an object also hides others.
Status CheckObjectsCanBeLeftOut(const EnvironmentConfig& config);

// The observation of the world as it is, but as if some of the objects were not there for pseudo-
// lidars, compasses and the goal's distance, as the simulator itself computes them. What the robot
// feels stays as it is, also of a touch. unseen_objects: by scene().objects, 1: not there. out:
// [observation_dim]. Not of what CheckObjectsCanBeLeftOut rejects.
void ObserveWithout(const SafetyGym& gym, std::span<const std::uint8_t> unseen_objects,
                    Eigen::VectorXd& out);

// What the rule charges for the world as it is, but as if some of the objects were not there: the
// costs of the last step, if none is left out and nothing was moved since. Also of a world that
// ObserveMoved has moved. unseen_objects: by scene().objects, 1: not there; empty: all are.
Costs ChargeWithout(const SafetyGym& gym, std::span<const std::uint8_t> unseen_objects);

// Puts the robot where `move` takes it from where it is in `from`, a state of gym's episode, and
// recomputes gym.observation(), all sensors included; everything else stays as it is in gym. The
// result depends on nothing that was moved before. With an empty move the observation is that of
// `from`, bit for bit, if the rest of the world is as there.
void ObserveMoved(SafetyGym& gym, const SimState& from, const RobotMove& move);

}  // namespace lookout::sim
