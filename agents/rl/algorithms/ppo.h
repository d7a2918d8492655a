// PPO (Schulman et al. 2017, eq. 7; details of Ray, Achiam and Amodei 2019). One owner; spreads its
// work over the pool.
#pragma once

#include "agents/rl/algorithms/policy_update.h"
#include "agents/rl/rollouts/sample_order.h"

namespace lookout::agents {

class Ppo : public PolicyUpdate {
 public:
  Ppo(const TrainingSettings& settings, const TrainedNetwork& shape);

  Result<bool> Run(LearnerState& state, const UpdateInput& input, IterationReport& report) override;

  // Gradient steps on the clipped objective, of which `multiplier` times the cost is taken off (see
  // PolicyLoss), until the epochs are used up or the policy has moved far enough.
  Result<bool> Improve(TrainedNetwork& policy, double multiplier, const UpdateInput& input,
                       IterationReport& report);

 private:
  TrainingSettings settings_;
  NetworkTrainer trainer_;
  SampleOrder order_;
  Eigen::VectorXf old_log_std_;
};

}  // namespace lookout::agents
