// CPO (Achiam et al. 2017): the best step within a trust region that keeps the expected cost below
// its limit. One owner; spreads its work over the pool.
#pragma once

#include "agents/rl/algorithms/cpo_step.h"
#include "agents/rl/algorithms/trust_region.h"

namespace lookout::agents {

class Cpo : public PolicyUpdate {
 public:
  // most_decisions: an episode's length at most, in decisions of the policy.
  Cpo(const TrainingSettings& settings, const TrainedNetwork& shape, int most_decisions);

  Result<bool> Run(LearnerState& state, const UpdateInput& input, IterationReport& report) override;

 private:
  // c of eq. 11, per decision, as the surrogate cost is: how far the cost is above the limit.
  double Excess(const UpdateInput& input, const IterationReport& report) const;
  // v_ = H^-1 g, w_ = H^-1 b and the numbers that the step depends on. False: abandoned.
  bool Pose(double excess, CpoProblem& problem);

  TrainingSettings settings_;
  int most_decisions_;
  TrustRegion region_;
  Eigen::VectorXd g_, b_;  // gradients of the objective and of the cost
  Eigen::VectorXd v_, w_;
  Eigen::VectorXd product_;
};

}  // namespace lookout::agents
