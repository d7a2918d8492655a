// The agents that are not trained. Any thread.
#pragma once

#include <Eigen/Core>
#include <memory>

#include "agents/policies/policy.h"
#include "agents/policies/scripted/drive_command.h"
#include "sim/config/config.h"
#include "sim/environment/environment.h"

namespace lookout::agents {

// A script that decides what to do as a drive, before it becomes the robot's action.
class DrivingPolicy : public Policy {
 public:
  // observation: [observation_dim]; memory: its own. Draws only from `random`.
  virtual DriveCommand Decide(const Eigen::VectorXd& observation, PolicyMemory& memory,
                              RandomState& random) const = 0;
  // action: [action_dim], overwritten, in [-1, 1].
  virtual void Do(const DriveCommand& command, PolicyMemory& memory,
                  Eigen::VectorXd& action) const = 0;

  void Act(const Eigen::VectorXd& observation, PolicyMemory& memory, RandomState& random,
           Eigen::VectorXd& action) const final {
    Do(Decide(observation, memory, random), memory, action);
  }
};
using DrivingPolicyPtr = std::shared_ptr<const DrivingPolicy>;

// Uniform in [-1, 1] per component, each action meant to be held for `hold_steps` steps.
PolicyPtr MakeRandomPolicy(const sim::EnvironmentSpec& spec, int hold_steps = 10);

// The script for every robot and task, by what its observation shows: drives to the goal or its
// button, gets behind the box and pushes it there, runs along x or round the circle. Slows for
// sharp turns, goes round what is solid, backs off when stuck; if `careful`, goes slower and veers
// away from whatever its lidars show that costs. Rejects (kBadInput) an observation that does not
// show what the task is about.
Result<DrivingPolicyPtr> MakeGoToGoalDriver(const sim::EnvironmentConfig& config,
                                            const sim::EnvironmentSpec& spec, bool careful = false);
// The same, for whoever only lets it act.
Result<PolicyPtr> MakeGoToGoalPolicy(const sim::EnvironmentConfig& config,
                                     const sim::EnvironmentSpec& spec, bool careful = false);

}  // namespace lookout::agents
