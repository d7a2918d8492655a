#include "agents/rl/algorithms/ppo_lagrangian.h"

#include "agents/rl/rollouts/gae.h"

namespace lookout::agents {

Result<bool> PpoLagrangian::Run(LearnerState& state, const UpdateInput& input,
                                IterationReport& report) {
  // max over policies, min over lambda of  J - lambda (J_cost - limit): one step of each.
  state.multiplier.Update(report.constrained_cost, cost_limit_);
  report.multiplier = state.multiplier.value();
  if (!combine_advantages_) return ppo_.Improve(state.policy, report.multiplier, input, report);
  auto advantages = input.buffer.advantages.head(input.buffer.size);
  const auto cost_advantages = input.buffer.cost_advantages.head(input.buffer.size);
  advantages -= static_cast<float>(report.multiplier) * cost_advantages;
  input.buffer.block_penalty /= Normalise(advantages);
  return ppo_.Improve(state.policy, 0.0, input, report);
}

}  // namespace lookout::agents
