// What TRPO and CPO share: gradients of the surrogate objective and cost, the Fisher matrix,
// natural gradients, and a line search along a step. One owner; spreads its work over the pool.
#pragma once

#include <Eigen/Core>
#include <limits>

#include "agents/rl/algorithms/conjugate_gradient.h"
#include "agents/rl/algorithms/fisher_product.h"
#include "agents/rl/algorithms/policy_update.h"
#include "agents/rl/rollouts/sample_order.h"

namespace lookout::agents {

// What a step must do, beside staying within the target KL, to be taken.
struct AcceptanceRule {
  bool needs_gain = true;  // of the surrogate objective; "not worse" is enough
  double most_cost_change = std::numeric_limits<double>::infinity();  // of the surrogate cost
};

// Vectors are [network parameters + action_dim]. As a linear operator it is the damped Fisher
// matrix H of the policy that Begin named.
class TrustRegion : public LinearOperator {
 public:
  TrustRegion(const TrainingSettings& settings, const TrainedNetwork& shape);

  int dimension() const { return static_cast<int>(old_parameters_.size()); }

  // Which policy and collection the rest is about; both and the input have to live until the next
  // call. `multiplier` times the cost is taken off the objective (see PolicyLoss). products: about
  // how many of H's will be asked for, for the progress shown.
  void Begin(TrainedNetwork& policy, double multiplier, const UpdateInput& input, int products);

  // Gradients at the policy that acted, where all likelihood ratios are 1: of the objective, to be
  // climbed (the report gets its loss), and of the cost. False if not finite.
  bool ObjectiveGradient(Eigen::VectorXd& gradient, IterationReport& report);
  bool CostGradient(Eigen::VectorXd& gradient);

  // product = H vector. False: abandoned.
  bool Apply(const Eigen::VectorXd& vector, Eigen::VectorXd& product) override;
  // x = H^-1 b, as closely as the settings' conjugate gradients get. False: abandoned.
  bool Solve(const Eigen::VectorXd& b, Eigen::VectorXd& x);

  // Moves the policy along `step` as far as the rule allows, or leaves it where it was, and fills
  // the report's figures of the policy. False: abandoned.
  bool Search(const Eigen::VectorXd& step, const AcceptanceRule& rule, IterationReport& report);

 private:
  // What a trial policy does, measured over the collection against the policy that acted.
  struct Trial {
    double kl = 0.0;
    double gain = 0.0;
    double cost_change = 0.0;
  };
  // Puts the policy at old + fraction * step. A policy that is not finite is infinitely far away.
  Trial Try(const Eigen::VectorXd& step, double fraction);
  void MoveTo(const Eigen::VectorXd& step, double fraction);
  bool Gradient(const Eigen::VectorXf& advantages, double multiplier, Eigen::VectorXd& gradient);
  bool KeepsGoing();
  // What the policy is given for each sample.
  SampleInputs Inputs() const {
    return {input_->buffer.observations, input_->buffer.policy_states,
            input_->buffer.state_columns};
  }

  TrainingSettings settings_;
  NetworkTrainer trainer_;
  FisherProduct fisher_;
  ConjugateGradient solver_;
  SampleOrder order_;
  Eigen::VectorXf old_parameters_;
  Eigen::VectorXf old_log_std_;

  TrainedNetwork* policy_ = nullptr;
  const UpdateInput* input_ = nullptr;
  SampleSequences samples_;
  double multiplier_ = 0.0;
  LossSums old_sums_;
  int tasks_ = 1;  // expected, and done, of about equal duration
  int tasks_done_ = 0;
};

}  // namespace lookout::agents
