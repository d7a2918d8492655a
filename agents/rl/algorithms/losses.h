// The losses of all agents' policies and of the value networks, with their gradients. Const use
// from any thread.
#pragma once

#include <limits>

#include "agents/learning/network_trainer.h"
#include "agents/rl/rollouts/rollout_buffer.h"

namespace lookout::agents {

// What an objective is made of besides the collection.
struct PolicyObjective {
  const Eigen::VectorXf* advantages = nullptr;  // null: the collection's own
  double clip_ratio = std::numeric_limits<double>::infinity();
  double multiplier = 0.0;
  double entropy_bonus = 0.0;
};

// To be made smaller, with r = pi(a|s) / pi_old(a|s) (Schulman et al. 2017, eq. 7; unclipped it is
// eq. 14 of Schulman et al. 2015; the penalty of Ray, Achiam and Amodei 2019, whose cost term is
// not clipped either):
//   -[ mean min(r A, clip(r, 1 - e, 1 + e) A) + bonus H  -  lambda mean(r A_cost) ] / (1 + lambda)
// Where a collection keeps blocked proposals, the means also add for each of them, over the same
// number of samples, r A with the proposal's own r and an A that is less by the buffer's
// block_penalty (see reviewed_decision.h); its A_cost is the sample's.
// The sums also hold mean(r A_cost), the mean KL(pi || pi_old) and the fraction of samples with r
// out of [1 - e, 1 + e]. The network's log_std parameters are the log deviations; H is the entropy.
class PolicyLoss : public SampleLoss {
 public:
  // The references have to outlive the loss.
  PolicyLoss(const RolloutBuffer& buffer, const Eigen::VectorXf& log_std,
             const Eigen::VectorXf& old_log_std, const PolicyObjective& objective);
  // How many samples the means run over.
  void set_samples(int samples) { samples_ = samples; }

  void Evaluate(std::span<const int> samples, const SequenceNetwork::Outputs& means,
                Eigen::Ref<Eigen::MatrixXf> mean_gradient,
                Eigen::Ref<Eigen::VectorXf> log_std_gradient, LossSums& sums) const override;

 private:
  // One action of a sample and what it was worth.
  struct Judged {
    Eigen::Ref<const Eigen::VectorXf> action;
    float old_log_probability;
    float advantage;
    float cost_advantage;
  };
  // Adds to the sums; gives the derivative of the loss by the action's log-likelihood.
  float AddSurrogate(const Judged& judged, float log_probability, LossSums& sums) const;

  const RolloutBuffer& buffer_;
  const Eigen::VectorXf& advantages_;
  const Eigen::VectorXf& log_std_;
  const Eigen::VectorXf& old_log_std_;
  float clip_ratio_;
  float multiplier_;
  float entropy_bonus_;
  float block_penalty_;  // of the advantages in use
  int samples_ = 1;
};

// mean (V(s) - target)^2.
class ValueLoss : public SampleLoss {
 public:
  explicit ValueLoss(const Eigen::VectorXf& targets) : targets_(targets) {}
  // How many samples the means run over.
  void set_samples(int samples) { samples_ = samples; }

  void Evaluate(std::span<const int> samples, const SequenceNetwork::Outputs& values,
                Eigen::Ref<Eigen::MatrixXf> value_gradient, Eigen::Ref<Eigen::VectorXf> none,
                LossSums& sums) const override;

 private:
  const Eigen::VectorXf& targets_;
  int samples_ = 1;
};

}  // namespace lookout::agents
