// TRPO (Schulman et al. 2015): the natural gradient, as far as the trust region goes. One owner;
// spreads its work over the pool.
#pragma once

#include "agents/rl/algorithms/trust_region.h"

namespace lookout::agents {

class Trpo : public PolicyUpdate {
 public:
  Trpo(const TrainingSettings& settings, const TrainedNetwork& shape);

  Result<bool> Run(LearnerState& state, const UpdateInput& input, IterationReport& report) override;

  // One step on the objective, of which `multiplier` times the cost is taken off.
  Result<bool> Improve(TrainedNetwork& policy, double multiplier, const UpdateInput& input,
                       IterationReport& report);

 private:
  double target_kl_;
  int products_;  // of the Fisher matrix, about
  TrustRegion region_;
  Eigen::VectorXd g_;  // gradient of the objective
  Eigen::VectorXd x_;  // H^-1 g, then the step
  Eigen::VectorXd hx_;
};

}  // namespace lookout::agents
