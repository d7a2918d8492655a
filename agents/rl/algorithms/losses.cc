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
      entropy_bonus_(static_cast<float>(objective.entropy_bonus)),
      block_penalty_(objective.advantages == nullptr ? buffer.block_penalty : 0.0F) {}

float PolicyLoss::AddSurrogate(const Judged& judged, float log_probability, LossSums& sums) const {
  const float scale = 1.0F / (static_cast<float>(samples_) * (1.0F + multiplier_));
  const float ratio = std::exp(log_probability - judged.old_log_probability);
  const float clipped = std::clamp(ratio, 1.0F - clip_ratio_, 1.0F + clip_ratio_);
  const bool is_limited = clipped * judged.advantage < ratio * judged.advantage;
  const float surrogate = is_limited ? clipped * judged.advantage : ratio * judged.advantage;
  const float penalty = multiplier_ * ratio * judged.cost_advantage;
  sums.loss -= double(scale * (surrogate - penalty));
  sums.cost += double(ratio * judged.cost_advantage) / samples_;
  sums.clipped += (clipped != ratio ? 1.0 : 0.0) / samples_;
  // d ratio / d log pi = ratio; a limited surrogate is constant.
  return -scale * ((is_limited ? 0.0F : ratio * judged.advantage) - penalty);
}

void PolicyLoss::Evaluate(std::span<const int> samples, const SequenceNetwork::Outputs& means,
                          Eigen::Ref<Eigen::MatrixXf> mean_gradient,
                          Eigen::Ref<Eigen::VectorXf> log_std_gradient, LossSums& sums) const {
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const int sample = samples[i];
    const auto column = static_cast<Eigen::Index>(i);
    const auto mean = means.col(column);
    const auto judge = [&](const Judged& judged, bool is_first) {
      const float gradient =
          AddSurrogate(judged, GaussianLogProbability(judged.action, mean, log_std_), sums);
      for (Eigen::Index k = 0; k < mean.size(); ++k) {
        const float precision = std::exp(-log_std_[k]);
        const float z = (judged.action[k] - mean[k]) * precision;
        const float by_mean = gradient * z * precision;
        mean_gradient(k, column) = is_first ? by_mean : mean_gradient(k, column) + by_mean;
        log_std_gradient[k] += gradient * (z * z - 1.0F);
      }
    };
    const float advantage = advantages_[sample];
    const float cost_advantage = buffer_.cost_advantages[sample];
    judge(
        {buffer_.actions.col(sample), buffer_.log_probabilities[sample], advantage, cost_advantage},
        true);
    if (buffer_.keeps_blocked() && buffer_.blocked_steps[sample] > 0.0F) {
      judge({buffer_.blocked_actions.col(sample), buffer_.blocked_log_probabilities[sample],
             advantage - block_penalty_, cost_advantage},
            false);
    }
    sums.kl +=
        double(GaussianKl(mean, log_std_, buffer_.means.col(sample), old_log_std_)) / samples_;
  }
  // The entropy's derivative is 1 for each log deviation.
  const float scale = 1.0F / (static_cast<float>(samples_) * (1.0F + multiplier_));
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
