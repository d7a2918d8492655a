// Something that chooses actions. A policy is immutable once published; any thread may call Act
// with its own workspace.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <string>

#include "sim/base/random_state.h"
#include "sim/environment/environment.h"

namespace lookout::agents {

// What an acting policy remembers between the steps of one episode (a script's stuck counter, a
// network's scratch matrices). One per acting thread; made by the policy itself.
class PolicyMemory {
 public:
  virtual ~PolicyMemory() = default;
};

class Policy {
 public:
  virtual ~Policy() = default;

  // As the agent list shows it: "Random", "Go to goal", "PPO-Lagrangian, iteration 12".
  virtual std::string name() const = 0;
  // Number of the training iteration that made it; 0 for anything not learned.
  virtual std::int64_t version() const { return 0; }

  // Environment steps for which each of its actions is to be held; whoever steps does the holding
  // (agents/rollout/stepper.h) and calls Act only for a new action.
  virtual int action_repeat() const { return 1; }

  // Whether what it does depends on all that it has acted on in the episode, as a recurrent
  // network's actions do. Its memory is then a function of those observations alone, so that who
  // enters an episode later makes it anew by acting on them (app/workers/player/episode_past.h).
  // What scripts note for a moment is no such memory: they start afresh.
  virtual bool has_memory() const { return false; }

  // Fresh memory for a new episode.
  virtual std::unique_ptr<PolicyMemory> NewMemory() const = 0;

  // observation: [observation_dim]; action: [action_dim], overwritten, in [-1, 1] or beyond (the
  // environment clips). Draws only from `random`. Does not allocate after the first call.
  virtual void Act(const Eigen::VectorXd& observation, PolicyMemory& memory, RandomState& random,
                   Eigen::VectorXd& action) const = 0;
};
using PolicyPtr = std::shared_ptr<const Policy>;

}  // namespace lookout::agents
