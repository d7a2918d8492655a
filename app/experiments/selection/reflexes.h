// What selection changes of an agent: a reflex, an action that is added to its own, by the nearest
// thing that each of its lidars shows, but for the goal's. Immutable; any thread.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "agents/feedback/models/cost_inputs.h"
#include "agents/policies/policy.h"
#include "sim/base/result.h"
#include "sim/environment/environment.h"

namespace lookout::app {

class Reflexes {
 public:
  // agent: that acts in such an environment. A trained one takes its mean action. Rejects
  // (kBadInput) an observation without pseudo-lidars of anything but the goal.
  static Result<Reflexes> Create(agents::PolicyPtr agent, const sim::EnvironmentSpec& spec);

  // Of each lidar: to how near the nearest thing is, to how far it is ahead of the robot, and to
  // how far it is to the left.
  static constexpr int kFeatures = 3;

  // Numbers of a reflex: to each feature of each lidar, one for each component of the action.
  Eigen::Index size() const { return action_dim_ * kFeatures * std::ssize(lidars_); }
  // The agent with that reflex, [size()], the action's components of a feature next to each other;
  // all 0: as the agent is by itself.
  agents::PolicyPtr With(const Eigen::Ref<const Eigen::VectorXd>& reflex) const;

 private:
  Reflexes(agents::PolicyPtr agent, std::vector<agents::LidarInput> lidars, int action_dim)
      : agent_(std::move(agent)), lidars_(std::move(lidars)), action_dim_(action_dim) {}

  agents::PolicyPtr agent_;
  std::vector<agents::LidarInput> lidars_;
  int action_dim_;
};

}  // namespace lookout::app
