// Evaluates value networks on a collection and turns the result into advantages and targets. One
// owner; spreads its work over the pool.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "agents/nn/mlp.h"
#include "agents/rl/rollout_buffer.h"
#include "agents/rl/worker_pool.h"

namespace lookout::agents {

struct Discounting {
  double gamma = 0.99;
  double lambda = 0.97;
  bool lambda_targets =
      false;  // targets are advantage + value (Schulman et al. 2016, lambda-returns)
};

class ValueEstimator {
 public:
  // For value networks of that shape and collections of at most that many columns.
  ValueEstimator(const Mlp& shape, int columns, int workers);

  // signals: rewards or costs. Overwrites values, advantages and targets of the buffer's first
  // `size` columns; see gae.h. Does not allocate.
  void Estimate(const Mlp& network, const RolloutBuffer& buffer, const Discounting& discounting,
                const Eigen::VectorXf& signals, WorkerPool& pool, Eigen::VectorXf& values,
                Eigen::VectorXf& advantages, Eigen::VectorXf& targets);

 private:
  void EvaluateColumns(const Mlp& network, const RolloutBuffer& buffer, WorkerPool& pool,
                       Eigen::VectorXf& values);
  // The value of the state after each segment; 0 where the episode is over.
  void EvaluateEnds(const Mlp& network, const RolloutBuffer& buffer, WorkerPool& pool);

  std::vector<MlpWorkspace> workspaces_;  // of each worker
  std::vector<Eigen::MatrixXf> inputs_;
  Eigen::VectorXf end_values_;  // of each segment
};

}  // namespace lookout::agents
