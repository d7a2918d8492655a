#include "agents/feedback/fitting/pair_steps.h"

#include <algorithm>

#include "sim/base/check.h"

namespace lookout::agents {

int StepsLookedAt(const TargetPair& pair) {
  return std::min(pair.first.count, kMostStepsOfStretch) +
         std::min(pair.second.count, kMostStepsOfStretch);
}

void PairSteps::Clear() {
  steps_.clear();
  parts_.clear();
}

std::size_t PairSteps::AddStretch(const TargetPair::Steps& stretch, double phase) {
  const int looked_at = std::min(stretch.count, kMostStepsOfStretch);
  const double stride = static_cast<double>(stretch.count) / std::max(looked_at, 1);
  for (int i = 0; i < looked_at; ++i) {
    const int step = static_cast<int>((i + phase) * stride);
    steps_.push_back(stretch.begin + std::min(step, stretch.count - 1));
  }
  return static_cast<std::size_t>(looked_at);
}

void PairSteps::Add(const TargetPair& pair, double phase) {
  Part part{.pair = &pair, .first = 0, .second = 0, .scale = {}};
  part.first = AddStretch(pair.first, phase);
  part.second = AddStretch(pair.second, phase);
  const auto steps_per_logit = [](int steps, std::size_t logits) {
    return logits > 0 ? static_cast<double>(steps) / static_cast<double>(logits) : 1.0;
  };
  part.scale = {steps_per_logit(pair.first.count, part.first),
                steps_per_logit(pair.second.count, part.second)};
  parts_.push_back(part);
}

SampleSequences PairSteps::Samples() const {
  static constexpr int kStart = 0;
  return {steps_, {&kStart, 1}};
}

void PairBatchLoss::Evaluate(std::span<const int> samples, const SequenceNetwork::Outputs& logits,
                             Eigen::Ref<Eigen::MatrixXf> slopes,
                             Eigen::Ref<Eigen::VectorXf> /*none*/, LossSums& sums) const {
  LOOKOUT_CHECK(samples.size() == steps_.steps_.size(), "a batch of pairs is run in one block");
  // One row of outputs: the steps' numbers lie side by side.
  const std::span<const float> values(logits.data(), samples.size());
  const std::span<float> all(slopes.data(), samples.size());
  std::size_t at = 0;
  for (const PairSteps::Part& part : steps_.parts_) {
    const std::size_t second = at + part.first;
    const double loss =
        PairLoss(values.subspan(at, part.first), values.subspan(second, part.second),
                 part.pair->first_is_safer, all.subspan(at, part.first),
                 all.subspan(second, part.second), part.scale);
    const double weight = double(part.pair->strength) / divisor_;
    for (float& slope : all.subspan(at, part.first + part.second)) {
      slope *= static_cast<float>(weight);
    }
    sums.loss += weight * loss;
    at = second + part.second;
  }
}

}  // namespace lookout::agents
