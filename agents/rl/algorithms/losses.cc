#include "agents/rl/algorithms/losses.h"

#include <algorithm>
#include <cmath>

#include "agents/policies/learned/gaussian_actor.h"

namespace lookout::agents {

PolicyLoss::PolicyLoss(const RolloutBuffer& buffer, const Eigen::VectorXf& log_std,
                       const Eigen::VectorXf& old_log_std, const PolicyObjective& objective)
    : buffer_(buffer),
      advantages_(objective.advantages != nullptr ? *objective.advantages : buffer.advantages),
      log_std_(log_std),
      old_log_std_(old_log_std),
      clip_ratio_(static_cast<float>(objective.clip_ratio)),
      multiplier_(static_cast<float>(objective.multiplier)),
      entropy_bonus_(static_cast<float>(objective.entropy_bonus)) {}

void PolicyLoss::Evaluate(std::span<const int> samples, const SequenceNetwork::Outputs& means,
                          Eigen::Ref<Eigen::MatrixXf> mean_gradient,
                          Eigen::Ref<Eigen::VectorXf> log_std_gradient, LossSums& sums) const {
  const float scale = 1.0F / (static_cast<float>(samples_) * (1.0F + multiplier_));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const int sample = samples[i];
    const auto mean = means.col(static_cast<Eigen::Index>(i));
    const auto action = buffer_.actions.col(sample);
    const float log_probability = GaussianLogProbability(action, mean, log_std_);
    const float ratio = std::exp(log_probability - buffer_.log_probabilities[sample]);
    const float advantage = advantages_[sample];
    const float cost_advantage = buffer_.cost_advantages[sample];

    const float clipped = std::clamp(ratio, 1.0F - clip_ratio_, 1.0F + clip_ratio_);
    const bool is_limited = clipped * advantage < ratio * advantage;
    const float surrogate = is_limited ? clipped * advantage : ratio * advantage;
    const float penalty = multiplier_ * ratio * cost_advantage;
    sums.loss -= double(scale * (surrogate - penalty));
    sums.cost += double(ratio * cost_advantage) / samples_;
    sums.clipped += (clipped != ratio ? 1.0 : 0.0) / samples_;
    sums.kl +=
        double(GaussianKl(mean, log_std_, buffer_.means.col(sample), old_log_std_)) / samples_;

    // d ratio / d log pi = ratio; a limited surrogate is constant.
    const float gradient = -scale * ((is_limited ? 0.0F : ratio * advantage) - penalty);
    for (Eigen::Index k = 0; k < mean.size(); ++k) {
      const float precision = std::exp(-log_std_[k]);
      const float z = (action[k] - mean[k]) * precision;
      mean_gradient(k, static_cast<Eigen::Index>(i)) = gradient * z * precision;
      log_std_gradient[k] += gradient * (z * z - 1.0F);
    }
  }
  // The entropy's derivative is 1 for each log deviation.
  const float weight = scale * static_cast<float>(samples.size()) * entropy_bonus_;
  sums.loss -= double(weight) * GaussianEntropy(log_std_);
  log_std_gradient.array() -= weight;
}

void ValueLoss::Evaluate(std::span<const int> samples, const SequenceNetwork::Outputs& values,
                         Eigen::Ref<Eigen::MatrixXf> value_gradient,
                         Eigen::Ref<Eigen::VectorXf> /*none*/, LossSums& sums) const {
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const auto sample = static_cast<Eigen::Index>(i);
    const float error = values(0, sample) - targets_[samples[i]];
    sums.loss += double(error * error) / samples_;
    value_gradient(0, sample) = 2.0F * error / static_cast<float>(samples_);
  }
}

}  // namespace lookout::agents
