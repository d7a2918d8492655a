#include "agents/rl/algorithms/trpo_lagrangian.h"

namespace lookout::agents {

Result<bool> TrpoLagrangian::Run(LearnerState& state, const UpdateInput& input,
                                 IterationReport& report) {
  // max over policies, min over lambda of  J - lambda (J_cost - limit): one step of each.
  state.multiplier.Update(report.constrained_cost, cost_limit_);
  report.multiplier = state.multiplier.value();
  return trpo_.Improve(state.policy, report.multiplier, input, report);
}

}  // namespace lookout::agents
