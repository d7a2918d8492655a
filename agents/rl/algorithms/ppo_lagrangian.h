// PPO-Lagrangian (Ray, Achiam and Amodei 2019, section 5): PPO on reward minus multiplier times
// cost, the multiplier chasing the limit. One owner; spreads its work over the pool.
#pragma once

#include "agents/rl/algorithms/ppo.h"

namespace lookout::agents {

class PpoLagrangian : public PolicyUpdate {
 public:
  PpoLagrangian(const TrainingSettings& settings, const TrainedNetwork& shape)
      : cost_limit_(settings.cost_limit),
        combine_advantages_(settings.combine_advantages),
        ppo_(settings, shape) {}

  Result<bool> Run(LearnerState& state, const UpdateInput& input, IterationReport& report) override;

 private:
  double cost_limit_;
  bool combine_advantages_;
  Ppo ppo_;
};

}  // namespace lookout::agents
