#include "agents/rl/algorithms/ppo.h"

#include "agents/rl/algorithms/losses.h"

namespace lookout::agents {
namespace {

constexpr double kKlMargin = 1.2;

}  // namespace

Ppo::Ppo(const TrainingSettings& settings, const TrainedNetwork& shape)
    : settings_(settings),
      trainer_(shape, settings.workers),
      order_(settings, shape.network),
      old_log_std_(shape.log_std) {}

Result<bool> Ppo::Run(LearnerState& state, const UpdateInput& input, IterationReport& report) {
  return Improve(state.policy, 0.0, input, report);
}

Result<bool> Ppo::Improve(TrainedNetwork& policy, double multiplier, const UpdateInput& input,
                          IterationReport& report) {
  const RolloutBuffer& buffer = input.buffer;
  const SampleInputs inputs{buffer.observations, buffer.policy_states, buffer.state_columns};
  old_log_std_ = policy.log_std;
  PolicyLoss loss(buffer, policy.log_std, old_log_std_,
                  {.clip_ratio = settings_.clip_ratio,
                   .multiplier = multiplier,
                   .entropy_bonus = settings_.entropy_bonus});
  bool near = true;  // the policy that acted
  for (int epoch = 0; near && epoch < settings_.policy_iterations; ++epoch) {
    order_.BeginEpoch(buffer, input.iteration, epoch);
    for (int k = 0; near && k < order_.minibatches(); ++k) {
      const auto samples = order_.Minibatch(k);
      loss.set_samples(samples.size());
      if (!trainer_.Gradient(policy, samples, inputs, loss, input.pool)) {
        return NotFinite("policy", "policy-learning-rate");
      }
      if (report.policy_epochs++ == 0) report.policy_loss = trainer_.sums().loss;
      // The step after the one that went too far is still taken, as in the 2019 agents: they learn
      // how far the last step led while they compute the next.
      near = trainer_.sums().kl <= kKlMargin * settings_.target_kl;
      trainer_.Step(policy, settings_.max_gradient_norm);
      policy.log_std = policy.log_std.cwiseMax(static_cast<float>(settings_.least_log_std));
      const double done =
          (epoch + double(k + 1) / order_.minibatches()) / settings_.policy_iterations;
      if (input.keep_going && !input.keep_going(done)) return false;
    }
  }
  loss.set_samples(buffer.size);
  if (!trainer_.Measure(policy, order_.All(buffer), inputs, loss, input.pool)) {
    return NotFinite("policy", "policy-learning-rate");
  }
  report.kl = trainer_.sums().kl;
  report.clip_fraction = trainer_.sums().clipped;
  return true;
}

}  // namespace lookout::agents
