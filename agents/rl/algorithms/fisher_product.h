// The Fisher information matrix of a Gaussian policy over a collection, as an operator: what it
// does to a direction in parameter space, without ever being written down (Schulman et al. 2015,
// appendix C). One owner; spreads its work over the pool.
#pragma once

#include <optional>

#include "agents/learning/network_trainer.h"
#include "agents/learning/worker_pool.h"
#include "agents/rl/algorithms/conjugate_gradient.h"

namespace lookout::agents {

// With J the Jacobian of the Gaussian's mean and log deviation with respect to the parameters (the
// network's first, then the log deviations), it is the Hessian of the mean KL divergence at the
// present policy,
//   F = mean over samples of J' M J,  M = diag(exp(-2 log_std), 2),
// and the operator is F + damping I. J v comes out of a forward epoch of tangents, J' of a backward
// epoch.
class FisherProduct : public LinearOperator {
 public:
  FisherProduct(const TrainedNetwork& shape, int workers, double damping);

  // What the products are of until the next call; the references have to live until then.
  void Prepare(const TrainedNetwork& policy, const SampleSequences& samples,
               const SampleInputs& inputs, WorkerPool& pool);

  // Both [network parameters + action_dim]. Always true. Does not allocate.
  bool Apply(const Eigen::VectorXd& vector, Eigen::VectorXd& product) override;

 private:
  NetworkTrainer trainer_;
  double damping_;
  Eigen::VectorXf direction_;  // the network's part
  const TrainedNetwork* policy_ = nullptr;
  SampleSequences samples_;
  std::optional<SampleInputs> inputs_;
  WorkerPool* pool_ = nullptr;
};

}  // namespace lookout::agents
