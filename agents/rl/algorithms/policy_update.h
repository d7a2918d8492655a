// One iteration's improvement of the policy; each algorithm is one implementation, in a file of its
// own. One owner; spreads its work over the pool.
#pragma once

#include <memory>

#include "agents/learning/worker_pool.h"
#include "agents/rl/algorithms/learner_state.h"
#include "agents/rl/rollouts/rollout_buffer.h"
#include "agents/rl/settings/iteration_report.h"

namespace lookout::agents {

// What an update learns from.
struct UpdateInput {
  // Its first `size` samples, whose advantages are set; an update may rewrite those.
  RolloutBuffer& buffer;
  int iteration;
  WorkerPool& pool;
  const KeepGoing& keep_going;  // may be empty
};

class PolicyUpdate {
 public:
  virtual ~PolicyUpdate() = default;

  // Moves state.policy and, where there is one, the multiplier; reads the report's cost and length
  // per episode and fills its figures of the policy. False if abandoned; fails if a loss or
  // gradient is not finite; in both cases the state is left half-way. Does not allocate after its
  // first call.
  virtual Result<bool> Run(LearnerState& state, const UpdateInput& input,
                           IterationReport& report) = 0;
};

// The one that settings.algorithm names, for policies of that state's shape. spec: of environments
// that already hold actions, whose steps are the policy's decisions.
std::unique_ptr<PolicyUpdate> MakePolicyUpdate(const TrainingSettings& settings,
                                               const sim::EnvironmentSpec& spec,
                                               const LearnerState& shape);

}  // namespace lookout::agents
