#include "agents/rl/rollouts/value_estimator.h"

#include <algorithm>
#include <span>

#include "agents/rl/rollouts/gae.h"

namespace lookout::agents {
namespace {

static_assert(kColumnBlock % kSequenceSteps == 0, "sequences begin at the same places in a block");

int BlockCount(int items) { return (items + kColumnBlock - 1) / kColumnBlock; }

}  // namespace

ValueEstimator::ValueEstimator(const SequenceNetwork& shape, int samples, int workers)
    : workspaces_(workers, SequenceWorkspace(shape, kColumnBlock)),
      inputs_(workers, Eigen::MatrixXf::Zero(shape.input_dim(), kColumnBlock)),
      no_states_(0, kColumnBlock),
      run_states_(workers, Eigen::MatrixXf::Zero(shape.state_dim(), 1)),
      next_states_(run_states_),
      end_values_(Eigen::VectorXf::Zero(samples)) {}

void ValueEstimator::EvaluateSamples(const SequenceNetwork& network, const RolloutBuffer& buffer,
                                     WorkerPool& pool, Eigen::VectorXf& values) {
  pool.ForEach(BlockCount(buffer.size), [&](int block, int worker) {
    const int begin = block * kColumnBlock;
    const int n = std::min(kColumnBlock, buffer.size - begin);
    const SequenceBatch batch{buffer.observations.middleCols(begin, n), {}, no_states_.leftCols(n)};
    values.segment(begin, n) = network.Forward(batch, workspaces_[worker]).row(0).transpose();
  });
}

void ValueEstimator::EvaluateEnds(const SequenceNetwork& network, const RolloutBuffer& buffer,
                                  WorkerPool& pool) {
  const int count = static_cast<int>(buffer.segments.size());
  pool.ForEach(BlockCount(count), [&](int block, int worker) {
    const int begin = block * kColumnBlock;
    const int n = std::min(kColumnBlock, count - begin);
    Eigen::MatrixXf& inputs = inputs_[worker];
    for (int i = 0; i < n; ++i) {
      const RolloutSegment& segment = buffer.segments[begin + i];
      inputs.col(i) = buffer.next_observations.col(segment.begin + segment.size - 1);
    }
    const SequenceBatch batch{inputs.leftCols(n), {}, no_states_.leftCols(n)};
    const auto values = network.Forward(batch, workspaces_[worker]);
    for (int i = 0; i < n; ++i) {
      end_values_[begin + i] = buffer.segments[begin + i].bootstraps ? values(0, i) : 0.0F;
    }
  });
}

void ValueEstimator::EvaluateSegments(const SequenceNetwork& network, const RolloutBuffer& buffer,
                                      WorkerPool& pool, const ValueFields& fields,
                                      Eigen::MatrixXf& remembered) {
  next_remembered_.setZero(remembered.rows(), remembered.cols());
  pool.ForEach(static_cast<int>(buffer.segments.size()), [&](int i, int worker) {
    const RolloutSegment& segment = buffer.segments[i];
    Eigen::MatrixXf& state = run_states_[worker];
    if (segment.opens_collection) {
      state = remembered.col(segment.environment);
    } else {
      state.setZero();
    }
    EvaluateSegment(network, buffer, i, worker, fields);
    // One at most of each environment's segments goes on.
    if (!sim::IsDone(buffer.status[segment.begin + segment.size - 1])) {
      next_remembered_.col(segment.environment) = state;
    }
  });
  remembered.swap(next_remembered_);
}

void ValueEstimator::EvaluateSegment(const SequenceNetwork& network, const RolloutBuffer& buffer,
                                     int index, int worker, const ValueFields& fields) {
  constexpr int kStart = 0;
  const std::span<const int> one_sequence(&kStart, 1);
  const RolloutSegment& segment = buffer.segments[index];
  const int end = segment.begin + segment.size;
  Eigen::MatrixXf& state = run_states_[worker];
  SequenceWorkspace& workspace = workspaces_[worker];
  for (int begin = segment.begin; begin < end; begin += kColumnBlock) {
    const int n = std::min(kColumnBlock, end - begin);
    const SequenceBatch batch{buffer.observations.middleCols(begin, n), one_sequence, state};
    fields.values.segment(begin, n) = network.Forward(batch, workspace).row(0).transpose();
    for (int i = 0; i < n; i += kSequenceSteps) {
      const int column = buffer.state_columns[begin + i];
      if (column < 0) continue;  // nothing was remembered
      if (i == 0) {
        fields.states.col(column) = state;
      } else {
        network.StateAfter(batch, workspace, i - 1, fields.states.col(column));
      }
    }
    network.StateAfter(batch, workspace, n - 1, next_states_[worker].col(0));
    state.swap(next_states_[worker]);
  }
  const auto value_after = network.Forward(
      {buffer.next_observations.middleCols(end - 1, 1), one_sequence, state}, workspace);
  end_values_[index] = segment.bootstraps ? value_after(0, 0) : 0.0F;
}

void ValueEstimator::Estimate(const SequenceNetwork& network, const RolloutBuffer& buffer,
                              const Discounting& discounting, WorkerPool& pool,
                              const ValueFields& fields, Eigen::MatrixXf& remembered) {
  if (network.has_memory()) {
    EvaluateSegments(network, buffer, pool, fields, remembered);
  } else {
    EvaluateSamples(network, buffer, pool, fields.values);
    EvaluateEnds(network, buffer, pool);
  }
  for (std::size_t i = 0; i < buffer.segments.size(); ++i) {
    const RolloutSegment& segment = buffer.segments[i];
    const auto part = [&segment](auto& vector) {
      return std::span(vector.data() + segment.begin, static_cast<std::size_t>(segment.size));
    };
    ComputeAdvantages(part(fields.signals), part(fields.values),
                      double(end_values_[Eigen::Index(i)]), discounting.gamma, discounting.lambda,
                      part(fields.advantages), part(fields.targets));
  }
  if (discounting.lambda_targets) {
    fields.targets.head(buffer.size) =
        fields.advantages.head(buffer.size) + fields.values.head(buffer.size);
  }
}

}  // namespace lookout::agents
