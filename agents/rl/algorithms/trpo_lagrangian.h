// TRPO-Lagrangian (Ray, Achiam and Amodei 2019, section 5): TRPO on reward minus multiplier times
// cost, the multiplier chasing the limit. One owner; spreads its work over the pool.
#pragma once

#include "agents/rl/algorithms/trpo.h"

namespace lookout::agents {

class TrpoLagrangian : public PolicyUpdate {
 public:
  TrpoLagrangian(const TrainingSettings& settings, const TrainedNetwork& shape)
      : cost_limit_(settings.cost_limit), trpo_(settings, shape) {}

  Result<bool> Run(LearnerState& state, const UpdateInput& input, IterationReport& report) override;

 private:
  double cost_limit_;
  Trpo trpo_;
};

}  // namespace lookout::agents
