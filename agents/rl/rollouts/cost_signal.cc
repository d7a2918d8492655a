#include "agents/rl/rollouts/cost_signal.h"

#include <algorithm>

#include "agents/learning/mlp.h"

namespace lookout::agents {

CostSignal::CostSignal(CostSource source, int steps_per_sample)
    : source_(source),
      steps_per_sample_(static_cast<float>(steps_per_sample)),
      spread_(Eigen::VectorXf::Zero(kColumnBlock)) {}

void CostSignal::Predict(RolloutBuffer& buffer) {
  if (!model_) {
    buffer.predicted_costs.setZero();
    return;
  }
  for (int begin = 0; begin < buffer.capacity(); begin += kColumnBlock) {
    const int n = std::min(kColumnBlock, buffer.capacity() - begin);
    model_->Predict(buffer.next_observations.middleCols(begin, n),
                    buffer.predicted_costs.segment(begin, n), spread_.head(n));
  }
  buffer.predicted_costs *= steps_per_sample_;
}

void CostSignal::Fill(RolloutBuffer& buffer) {
  Predict(buffer);
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
