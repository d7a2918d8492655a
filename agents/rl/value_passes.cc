#include "agents/rl/value_passes.h"

#include "agents/rl/losses.h"

namespace lookout::agents {

ValuePasses::ValuePasses(const TrainingSettings& settings, const LearnerState& shape)
    : settings_(settings),
      constrained_(IsConstrained(settings.algorithm)),
      value_trainer_(shape.value, settings.workers),
      cost_value_trainer_(shape.cost_value, settings.workers),
      order_(settings) {}

Result<bool> ValuePasses::Run(LearnerState& state, const UpdateInput& input,
                              IterationReport& report) {
  const int passes = settings_.value_iterations;
  for (int pass = 0; pass < passes; ++pass) {
    order_.BeginPass(input.buffer.size, input.iteration, pass);
    for (int k = 0; k < order_.portions(); ++k) {
      if (Status status = Step(state, order_.Portion(k), input); !status.ok()) {
        return status.error();
      }
      if (pass == 0 && k == 0) {
        report.value_loss = value_trainer_.sums().loss;
        report.cost_value_loss = constrained_ ? cost_value_trainer_.sums().loss : 0.0;
      }
      const double done = (pass + double(k + 1) / order_.portions()) / passes;
      if (input.keep_going && !input.keep_going(done)) return false;
    }
  }
  return true;
}

Status ValuePasses::Step(LearnerState& state, std::span<const int> columns,
                         const UpdateInput& input) {
  const RolloutBuffer& buffer = input.buffer;
  ValueLoss value_loss(buffer.value_targets);
  ValueLoss cost_value_loss(buffer.cost_value_targets);
  value_loss.set_columns(static_cast<int>(columns.size()));
  cost_value_loss.set_columns(static_cast<int>(columns.size()));
  const int lanes = NetworkTrainer::LaneCount(static_cast<int>(columns.size()));
  ProcessGroup& processes = input.pool.processes();
  const ProcessGroup::Share share = processes.OwnShare(lanes);
  const int own = share.end - share.begin;
  input.pool.ForEach(constrained_ ? 2 * own : own, [&](int task, int worker) {
    const LanePlace place{share.begin + task % own, lanes, worker};
    if (task < own) {
      value_trainer_.RunLane(place, state.value, columns, buffer.observations, value_loss);
    } else {
      cost_value_trainer_.RunLane(place, state.cost_value, columns, buffer.observations,
                                  cost_value_loss);
    }
  });
  if (!value_trainer_.Reduce(lanes, processes))
    return NotFinite("value network", "value-learning-rate");
  value_trainer_.Step(state.value, settings_.max_gradient_norm);
  if (!constrained_) return {};
  if (!cost_value_trainer_.Reduce(lanes, processes)) {
    return NotFinite("cost value network", "value-learning-rate");
  }
  cost_value_trainer_.Step(state.cost_value, settings_.max_gradient_norm);
  return {};
}

}  // namespace lookout::agents
