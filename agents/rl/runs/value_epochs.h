// The gradient steps of one iteration on the value networks, reward and cost side by side. One
// owner; spreads its work over the pool.
#pragma once

#include "agents/rl/algorithms/policy_update.h"
#include "agents/rl/rollouts/sample_order.h"

namespace lookout::agents {

class ValueEpochs {
 public:
  ValueEpochs(const TrainingSettings& settings, const LearnerState& shape);

  // Fits state.value, and state.cost_value where the algorithm is constrained, to the buffer's
  // targets; fills the report's value losses, of before the first step. False if abandoned; fails
  // if a loss or gradient is not finite. Does not allocate after its first call.
  Result<bool> Run(LearnerState& state, const UpdateInput& input, IterationReport& report);

 private:
  Status Step(LearnerState& state, const SampleSequences& samples, const UpdateInput& input);

  TrainingSettings settings_;
  bool constrained_;
  NetworkTrainer value_trainer_;
  NetworkTrainer cost_value_trainer_;
  SampleOrder order_;
};

}  // namespace lookout::agents
