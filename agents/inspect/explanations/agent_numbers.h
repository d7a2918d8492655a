// What of an agent can be explained at a moment: the components of its mean action, and what its
// critics expect. Pure functions; any thread.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "agents/inspect/explanations/explained_output.h"
#include "agents/policies/learned/critics.h"
#include "agents/policies/learned/gaussian_actor.h"

namespace lookout::agents {

// One number that the agent makes of an observation.
struct AgentNumber {
  std::string name;  // "action 0: x: force, -1 to 1", "expected reward", "expected cost"
  ExplainedOutput function;
};

// observations: [observation_dim x n + 1], those of the episode up to the moment, which is the last
// of them. An agent with memory remembers what it would have acted on before, whoever did act. spec
// fits the actor.
//
// One number for each component of the action, in order.
std::vector<AgentNumber> ActionNumbers(const GaussianActor& actor, const sim::EnvironmentSpec& spec,
                                       const Eigen::Ref<const Eigen::MatrixXf>& observations);
// The reward that is expected and, where critics learned to expect it, the cost. critics: of that
// actor.
std::vector<AgentNumber> ExpectedNumbers(const GaussianActor& actor, const Critics& critics,
                                         const Eigen::Ref<const Eigen::MatrixXf>& observations);

}  // namespace lookout::agents
