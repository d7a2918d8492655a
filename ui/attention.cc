#include "ui/attention.h"

#include <algorithm>

namespace lookout::ui {

std::vector<float> AttentionMoment::MeanWeights() const {
  const Eigen::VectorXf mean = attention.weights.colwise().mean();
  return {mean.begin(), mean.end()};
}

const AttentionMoment* AttentionTrack::LedTo(StepIndex step) const {
  const auto after = std::ranges::partition_point(
      moments, [step](const auto& moment) { return moment->step < step; });
  if (after != moments.begin()) return std::prev(after)->get();
  const bool at_start = after != moments.end() && (*after)->step == step;
  return at_start ? after->get() : nullptr;
}

}  // namespace lookout::ui
