// The losses of PPO, PPO-Lagrangian and of the value networks, with their gradients. Const use
// from any thread.
#pragma once

#include "agents/rl/network_trainer.h"
#include "agents/rl/rollout_buffer.h"

namespace lookout::agents {

// To be made smaller, with r = pi(a|s) / pi_old(a|s) (Schulman et al. 2017, eq. 7; the penalty of
// Ray, Achiam and Amodei 2019, whose cost term is not clipped):
//   -[ mean min(r A, clip(r, 1 - e, 1 + e) A)  -  lambda mean(r A_cost) ] / (1 + lambda)
// The sums also hold the mean KL(pi || pi_old) and the fraction of columns with r out of
// [1 - e, 1 + e]. The network's extra parameters are the log deviations.
class PolicyLoss : public ColumnLoss {
 public:
  // The references have to outlive the loss.
  PolicyLoss(const RolloutBuffer& buffer, const Eigen::VectorXf& log_std,
             const Eigen::VectorXf& old_log_std, double clip_ratio, double multiplier);
  // How many columns the means run over.
  void set_columns(int columns) { columns_ = columns; }

  void Evaluate(std::span<const int> columns, const Mlp::Outputs& means,
                Eigen::Ref<Eigen::MatrixXf> mean_gradient,
                Eigen::Ref<Eigen::VectorXf> log_std_gradient, LossSums& sums) const override;

 private:
  const RolloutBuffer& buffer_;
  const Eigen::VectorXf& log_std_;
  const Eigen::VectorXf& old_log_std_;
  float clip_ratio_;
  float multiplier_;
  int columns_ = 1;
};

// mean (V(s) - target)^2.
class ValueLoss : public ColumnLoss {
 public:
  explicit ValueLoss(const Eigen::VectorXf& targets) : targets_(targets) {}
  // How many columns the means run over.
  void set_columns(int columns) { columns_ = columns; }

  void Evaluate(std::span<const int> columns, const Mlp::Outputs& values,
                Eigen::Ref<Eigen::MatrixXf> value_gradient, Eigen::Ref<Eigen::VectorXf> none,
                LossSums& sums) const override;

 private:
  const Eigen::VectorXf& targets_;
  int columns_ = 1;
};

}  // namespace lookout::agents
