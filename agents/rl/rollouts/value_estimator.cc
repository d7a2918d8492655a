#include "agents/rl/rollouts/value_estimator.h"

#include <algorithm>

#include "agents/rl/rollouts/gae.h"

namespace lookout::agents {
namespace {

int BlockCount(int items) { return (items + kColumnBlock - 1) / kColumnBlock; }

}  // namespace

ValueEstimator::ValueEstimator(const Mlp& shape, int samples, int workers)
    : workspaces_(workers, MlpWorkspace(shape, kColumnBlock)),
      inputs_(workers, Eigen::MatrixXf::Zero(shape.input_dim(), kColumnBlock)),
      end_values_(Eigen::VectorXf::Zero(samples)) {}

void ValueEstimator::EvaluateSamples(const Mlp& network, const RolloutBuffer& buffer,
                                     WorkerPool& pool, Eigen::VectorXf& values) {
  pool.ForEach(BlockCount(buffer.size), [&](int block, int worker) {
    const int begin = block * kColumnBlock;
    const int n = std::min(kColumnBlock, buffer.size - begin);
    values.segment(begin, n) =
        network.Forward(buffer.observations.middleCols(begin, n), workspaces_[worker])
            .row(0)
            .transpose();
  });
}

void ValueEstimator::EvaluateEnds(const Mlp& network, const RolloutBuffer& buffer,
                                  WorkerPool& pool) {
  const int count = static_cast<int>(buffer.segments.size());
  pool.ForEach(BlockCount(count), [&](int block, int worker) {
    const int begin = block * kColumnBlock;
    const int n = std::min(kColumnBlock, count - begin);
    Eigen::MatrixXf& inputs = inputs_[worker];
    for (int i = 0; i < n; ++i) {
      const Segment& segment = buffer.segments[begin + i];
      inputs.col(i) = buffer.next_observations.col(segment.begin + segment.size - 1);
    }
    const Mlp::Outputs values = network.Forward(inputs.leftCols(n), workspaces_[worker]);
    for (int i = 0; i < n; ++i) {
      end_values_[begin + i] = buffer.segments[begin + i].bootstraps ? values(0, i) : 0.0F;
    }
  });
}

void ValueEstimator::Estimate(const Mlp& network, const RolloutBuffer& buffer,
                              const Discounting& discounting, const Eigen::VectorXf& signals,
                              WorkerPool& pool, Eigen::VectorXf& values,
                              Eigen::VectorXf& advantages, Eigen::VectorXf& targets) {
  EvaluateSamples(network, buffer, pool, values);
  EvaluateEnds(network, buffer, pool);
  for (std::size_t i = 0; i < buffer.segments.size(); ++i) {
    const Segment& segment = buffer.segments[i];
    const auto part = [&segment](auto& vector) {
      return std::span(vector.data() + segment.begin, static_cast<std::size_t>(segment.size));
    };
    ComputeAdvantages(part(signals), part(values), double(end_values_[Eigen::Index(i)]),
                      discounting.gamma, discounting.lambda, part(advantages), part(targets));
  }
  if (discounting.lambda_targets) {
    targets.head(buffer.size) = advantages.head(buffer.size) + values.head(buffer.size);
  }
}

}  // namespace lookout::agents
