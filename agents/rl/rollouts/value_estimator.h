// Evaluates value networks on a collection and turns the result into advantages and targets. One
// owner; spreads its work over the pool.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "agents/learning/sequence_network.h"
#include "agents/learning/worker_pool.h"
#include "agents/rl/rollouts/rollout_buffer.h"

namespace lookout::agents {

struct Discounting {
  double gamma = 0.99;
  double lambda = 0.97;
  bool lambda_targets =
      false;  // targets are advantage + value (Schulman et al. 2016, lambda-returns)
};

// The buffer's fields that one value network is about.
struct ValueFields {
  const Eigen::VectorXf& signals;  // rewards or costs
  Eigen::MatrixXf& states;  // by RolloutBuffer::state_columns; this and the rest are overwritten
  Eigen::VectorXf& values;
  Eigen::VectorXf& advantages;
  Eigen::VectorXf& targets;
};

class ValueEstimator {
 public:
  // For value networks of that shape and collections of at most that many samples.
  ValueEstimator(const SequenceNetwork& shape, int samples, int workers);

  // Fills the fields of the buffer's first `size` samples; see gae.h. remembered:
  // [state_dim x environments], what the network remembers of each one's episode, before the
  // collection and then after it; 0 at an episode's start. Does not allocate after the first call.
  void Estimate(const SequenceNetwork& network, const RolloutBuffer& buffer,
                const Discounting& discounting, WorkerPool& pool, const ValueFields& fields,
                Eigen::MatrixXf& remembered);

 private:
  void EvaluateSamples(const SequenceNetwork& network, const RolloutBuffer& buffer,
                       WorkerPool& pool, Eigen::VectorXf& values);
  // The value of the state after each segment; 0 where the episode is over.
  void EvaluateEnds(const SequenceNetwork& network, const RolloutBuffer& buffer, WorkerPool& pool);
  // Both for a network with memory: runs through every segment, from its first step to its end.
  void EvaluateSegments(const SequenceNetwork& network, const RolloutBuffer& buffer,
                        WorkerPool& pool, const ValueFields& fields, Eigen::MatrixXf& remembered);
  void EvaluateSegment(const SequenceNetwork& network, const RolloutBuffer& buffer, int segment,
                       int worker, const ValueFields& fields);

  std::vector<SequenceWorkspace> workspaces_;  // of each worker
  std::vector<Eigen::MatrixXf> inputs_;
  Eigen::MatrixXf no_states_;  // [0 x kColumnBlock]
  // [state_dim x 1] of each worker
  std::vector<Eigen::MatrixXf> run_states_, next_states_;
  Eigen::MatrixXf next_remembered_;  // [state_dim x environments]
  Eigen::VectorXf end_values_;       // of each segment
};

}  // namespace lookout::agents
