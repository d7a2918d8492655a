#include "agents/rl/gradient_passes.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "agents/rl/settings.h"

namespace lookout::agents {
namespace {

constexpr double kKlMargin = 1.2;

Error NotFinite(std::string_view network, std::string_view option) {
  return Error{"The loss or gradient of the " + std::string(network) +
               " is not a finite number; the networks before this iteration are kept. Lower --" +
               std::string(option) + "."};
}

}  // namespace

struct GradientPasses::Losses {
  PolicyLoss policy;
  ValueLoss value;
  ValueLoss cost_value;
};

GradientPasses::GradientPasses(const TrainingSettings& settings, const LearnerState& shape,
                               int workers)
    : settings_(settings),
      policy_trainer_(shape.policy, workers),
      value_trainer_(shape.value, workers),
      cost_value_trainer_(shape.cost_value, workers),
      old_log_std_(shape.policy.extra),
      order_(settings.steps_per_iteration) {}

void GradientPasses::OrderColumns(int columns, int iteration, int pass) {
  std::iota(order_.begin(), order_.begin() + columns, 0);
  if (settings_.minibatch == 0) return;
  RandomState random(StreamSeed(settings_.seed, Stream::kMinibatches,
                                static_cast<std::uint32_t>(pass),
                                static_cast<std::uint32_t>(iteration)));
  for (int i = columns - 1; i > 0; --i) std::swap(order_[i], order_[random.Choice(i + 1)]);
}

Result<bool> GradientPasses::Run(LearnerState& state, const RolloutBuffer& buffer, int iteration,
                                 WorkerPool& pool, const KeepGoing& keep_going,
                                 IterationReport& report) {
  const bool constrained = settings_.algorithm == Algorithm::kPpoLagrangian;
  old_log_std_ = state.policy.extra;
  Losses losses{PolicyLoss(buffer, state.policy.extra, old_log_std_, settings_.clip_ratio,
                           constrained ? state.multiplier.value() : 0.0),
                ValueLoss(buffer.value_targets), ValueLoss(buffer.cost_value_targets)};
  policy_learns_ = iteration > settings_.warm_up_iterations;
  policy_steps_ = 0;
  const int passes = std::max(settings_.policy_iterations, settings_.value_iterations);
  const int n = buffer.size;
  const int step = settings_.minibatch == 0 ? n : std::min(settings_.minibatch, n);
  const int steps = n / step;  // a remainder is left to another pass's order
  for (int pass = 0; pass < passes; ++pass) {
    policy_learns_ = policy_learns_ && pass < settings_.policy_iterations;
    value_learns_ = pass < settings_.value_iterations;
    cost_value_learns_ = value_learns_ && constrained;
    if (!policy_learns_ && !value_learns_) break;
    OrderColumns(n, iteration, pass);
    for (int k = 0; k < steps; ++k) {
      const auto columns = std::span<const int>(order_).subspan(std::size_t(k) * step, step);
      if (Status status = Step(columns, buffer, losses, state, pool); !status.ok()) {
        return status.error();
      }
      if (pass == 0) {
        report.policy_loss += policy_trainer_.sums().loss / steps;
        report.value_loss += value_trainer_.sums().loss / steps;
        if (constrained) report.cost_value_loss += cost_value_trainer_.sums().loss / steps;
      }
      if (keep_going && !keep_going((pass + double(k + 1) / steps) / passes)) return false;
    }
  }
  report.kl = policy_trainer_.sums().kl;
  report.clip_fraction = policy_trainer_.sums().clipped;
  report.policy_passes = policy_steps_;
  return true;
}

Status GradientPasses::Step(std::span<const int> columns, const RolloutBuffer& buffer,
                            Losses& losses, LearnerState& state, WorkerPool& pool) {
  struct Job {
    NetworkTrainer* trainer;
    const TrainedNetwork* net;
    const ColumnLoss* loss;
  };
  std::array<Job, 3> jobs{};
  int job_count = 0;
  const int n = static_cast<int>(columns.size());
  if (policy_learns_) jobs[job_count++] = {&policy_trainer_, &state.policy, &losses.policy};
  if (value_learns_) jobs[job_count++] = {&value_trainer_, &state.value, &losses.value};
  if (cost_value_learns_) {
    jobs[job_count++] = {&cost_value_trainer_, &state.cost_value, &losses.cost_value};
  }
  losses.policy.set_columns(n);
  losses.value.set_columns(n);
  losses.cost_value.set_columns(n);

  const int lanes = NetworkTrainer::LaneCount(n);
  pool.ForEach(job_count * lanes, [&](int task, int worker) {
    const Job& job = jobs[task / lanes];
    job.trainer->RunLane(task % lanes, lanes, worker, *job.net, columns, buffer.observations,
                         *job.loss);
  });
  if (policy_learns_) {
    if (Status status = StepPolicy(lanes, state); !status.ok()) return status;
  }
  if (value_learns_) {
    if (!value_trainer_.Reduce(lanes)) return NotFinite("value network", "value-learning-rate");
    value_trainer_.Step(state.value);
  }
  if (cost_value_learns_) {
    if (!cost_value_trainer_.Reduce(lanes)) {
      return NotFinite("cost value network", "value-learning-rate");
    }
    cost_value_trainer_.Step(state.cost_value);
  }
  return {};
}

Status GradientPasses::StepPolicy(int lanes, LearnerState& state) {
  if (!policy_trainer_.Reduce(lanes)) return NotFinite("policy", "policy-learning-rate");
  // The KL of the steps taken so far; the step that went too far stays, as in the 2019 agents.
  if (policy_trainer_.sums().kl > kKlMargin * settings_.target_kl) {
    policy_learns_ = false;
    return {};
  }
  policy_trainer_.Step(state.policy);
  ++policy_steps_;
  return {};
}

}  // namespace lookout::agents
