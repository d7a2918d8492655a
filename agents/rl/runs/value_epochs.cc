#include "agents/rl/runs/value_epochs.h"

#include "agents/rl/algorithms/losses.h"

namespace lookout::agents {

ValueEpochs::ValueEpochs(const TrainingSettings& settings, const LearnerState& shape)
    : settings_(settings),
      constrained_(IsConstrained(settings.algorithm)),
      value_trainer_(shape.value, settings.workers),
      cost_value_trainer_(shape.cost_value, settings.workers),
      order_(settings, shape.value.network) {}

Result<bool> ValueEpochs::Run(LearnerState& state, const UpdateInput& input,
                              IterationReport& report) {
  const int epochs = settings_.value_iterations;
  for (int epoch = 0; epoch < epochs; ++epoch) {
    order_.BeginEpoch(input.buffer, input.iteration, epoch);
    for (int k = 0; k < order_.minibatches(); ++k) {
      if (Status status = Step(state, order_.Minibatch(k), input); !status.ok()) {
        return status.error();
      }
      if (epoch == 0 && k == 0) {
        report.value_loss = value_trainer_.sums().loss;
        report.cost_value_loss = constrained_ ? cost_value_trainer_.sums().loss : 0.0;
      }
      const double done = (epoch + double(k + 1) / order_.minibatches()) / epochs;
      if (input.keep_going && !input.keep_going(done)) return false;
    }
  }
  return true;
}

Status ValueEpochs::Step(LearnerState& state, const SampleSequences& samples,
                         const UpdateInput& input) {
  const RolloutBuffer& buffer = input.buffer;
  ValueLoss value_loss(buffer.value_targets);
  ValueLoss cost_value_loss(buffer.cost_value_targets);
  value_loss.set_samples(samples.size());
  cost_value_loss.set_samples(samples.size());
  const int shards = value_trainer_.ShardCount(samples);
  ProcessGroup& processes = input.pool.processes();
  const ProcessGroup::Share share = processes.OwnShare(shards);
  const int own = share.end - share.begin;
  input.pool.ForEach(constrained_ ? 2 * own : own, [&](int task, int worker) {
    const ShardPlace place{share.begin + task % own, shards, worker};
    if (task < own) {
      value_trainer_.RunShard(place, state.value, samples,
                              {buffer.observations, buffer.value_states, buffer.state_columns},
                              value_loss);
    } else {
      cost_value_trainer_.RunShard(
          place, state.cost_value, samples,
          {buffer.observations, buffer.cost_value_states, buffer.state_columns}, cost_value_loss);
    }
  });
  if (!value_trainer_.Reduce(shards, processes))
    return NotFinite("value network", "value-learning-rate");
  value_trainer_.Step(state.value, settings_.max_gradient_norm);
  if (!constrained_) return {};
  if (!cost_value_trainer_.Reduce(shards, processes)) {
    return NotFinite("cost value network", "value-learning-rate");
  }
  cost_value_trainer_.Step(state.cost_value, settings_.max_gradient_norm);
  return {};
}

}  // namespace lookout::agents
