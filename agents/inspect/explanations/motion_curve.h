// How a prediction changes with the robot's speed and heading, at the place where it is. The
// world's thread.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "agents/inspect/explanations/explained_model.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {

struct MotionSettings {
  double most_m_s = 1.5;  // forward; the least speed is a third of it, backward
  int speeds = 5;         // at least 2
  int headings = 8;       // evenly all round, the present one first
};

struct MotionCurve {
  std::vector<double> speeds_m_s;  // along the heading, negative: backward; ascending
  std::vector<double> turns_rad;   // from the present heading, in [0, 2 pi)
  Eigen::MatrixXd probability;     // [speeds x turns]
  Eigen::MatrixXd spread;          // of the ensemble's members, likewise
  double speed_m_s = 0.0;          // of the robot, on the floor
};

// The robot's horizontal velocity is replaced, its spin and the motion of its joints are kept: the
// wheels of a car do not turn faster for it, so that what it feels of their slip is not what
// driving at that speed would feel like. world: in the moment that is explained, and again
// afterwards.
Result<MotionCurve> MotionCurveOf(const ExplainedModel& model, sim::SafetyGym& world,
                                  const MotionSettings& settings = {},
                                  const KeepGoing& keep_going = {});

}  // namespace lookout::agents
