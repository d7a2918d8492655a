#include "agents/rl/rollouts/cost_signal.h"

namespace lookout::agents {

void CostSignal::Fill(RolloutBuffer& buffer) const {
  switch (source_) {
    case CostSource::kLearned:
      buffer.costs = buffer.predicted_costs;
      break;
    case CostSource::kNone:
      buffer.costs.setZero();
      break;
    case CostSource::kSum:
      buffer.costs = buffer.true_costs + buffer.predicted_costs;
      break;
    case CostSource::kMaximum:
      buffer.costs = buffer.true_costs.cwiseMax(buffer.predicted_costs);
      break;
    default:  // the rule's, in total or of one kind, as sampled
      break;
  }
}

}  // namespace lookout::agents
