// Evaluates value networks on a collection and turns the result into advantages and targets. One
// owner; spreads its work over the pool.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "agents/learning/mlp.h"
#include "agents/learning/worker_pool.h"
#include "agents/rl/rollouts/rollout_buffer.h"

namespace lookout::agents {

struct Discounting {
  double gamma = 0.99;
  double lambda = 0.97;
  bool lambda_targets =
      false;  // targets are advantage + value (Schulman et al. 2016, lambda-returns)
};

class ValueEstimator {
 public:
  // For value networks of that shape and collections of at most that many samples.
  ValueEstimator(const Mlp& shape, int samples, int workers);

  // signals: rewards or costs. Overwrites values, advantages and targets of the buffer's first
  // `size` samples; see gae.h. Does not allocate.
  void Estimate(const Mlp& network, const RolloutBuffer& buffer, const Discounting& discounting,
                const Eigen::VectorXf& signals, WorkerPool& pool, Eigen::VectorXf& values,
                Eigen::VectorXf& advantages, Eigen::VectorXf& targets);

 private:
  void EvaluateSamples(const Mlp& network, const RolloutBuffer& buffer, WorkerPool& pool,
                       Eigen::VectorXf& values);
  // The value of the state after each segment; 0 where the episode is over.
  void EvaluateEnds(const Mlp& network, const RolloutBuffer& buffer, WorkerPool& pool);

  std::vector<MlpWorkspace> workspaces_;  // of each worker
  std::vector<Eigen::MatrixXf> inputs_;
  Eigen::VectorXf end_values_;  // of each segment
};

}  // namespace lookout::agents
