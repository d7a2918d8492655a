// The gradient steps of one iteration on the value networks, reward and cost side by side. One
// owner; spreads its work over the pool.
#pragma once

#include "agents/rl/column_order.h"
#include "agents/rl/policy_update.h"

namespace lookout::agents {

class ValuePasses {
 public:
  ValuePasses(const TrainingSettings& settings, const LearnerState& shape);

  // Fits state.value, and state.cost_value where the algorithm is constrained, to the buffer's
  // targets; fills the report's value losses, of before the first step. False if abandoned; fails
  // if a loss or gradient is not finite. Does not allocate after its first call.
  Result<bool> Run(LearnerState& state, const UpdateInput& input, IterationReport& report);

 private:
  Status Step(LearnerState& state, std::span<const int> columns, const UpdateInput& input);

  TrainingSettings settings_;
  bool constrained_;
  NetworkTrainer value_trainer_;
  NetworkTrainer cost_value_trainer_;
  ColumnOrder order_;
};

}  // namespace lookout::agents
