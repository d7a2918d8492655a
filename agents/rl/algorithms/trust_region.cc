#include "agents/rl/algorithms/trust_region.h"

#include <algorithm>

#include "agents/rl/algorithms/line_search.h"
#include "agents/rl/algorithms/losses.h"

namespace lookout::agents {

TrustRegion::TrustRegion(const TrainingSettings& settings, const TrainedNetwork& shape)
    : settings_(settings),
      trainer_(shape, settings.workers),
      fisher_(shape, settings.workers, settings.fisher_damping),
      solver_(shape.network.parameter_count() + static_cast<int>(shape.log_std.size())),
      order_(settings, shape.network),
      old_parameters_(shape.network.parameter_count() + shape.log_std.size()),
      old_log_std_(shape.log_std) {}

void TrustRegion::Begin(TrainedNetwork& policy, double multiplier, const UpdateInput& input,
                        int products) {
  policy_ = &policy;
  multiplier_ = multiplier;
  input_ = &input;
  samples_ = order_.All(input.buffer);
  old_parameters_ << policy.network.parameters(), policy.log_std;
  old_log_std_ = policy.log_std;
  fisher_.Prepare(policy, samples_, Inputs(), input.pool);
  tasks_ = products + 1;
  tasks_done_ = 0;
}

bool TrustRegion::KeepsGoing() {
  tasks_done_ = std::min(tasks_done_ + 1, tasks_);
  return !input_->keep_going || input_->keep_going(double(tasks_done_) / tasks_);
}

bool TrustRegion::Gradient(const Eigen::VectorXf& advantages, double multiplier,
                           Eigen::VectorXd& gradient) {
  PolicyLoss loss(input_->buffer, policy_->log_std, old_log_std_,
                  {.advantages = &advantages, .multiplier = multiplier});
  loss.set_samples(input_->buffer.size);
  const bool finite = trainer_.Gradient(*policy_, samples_, Inputs(), loss, input_->pool);
  // The loss is what is to be climbed, upside down.
  gradient << -trainer_.gradient().cast<double>(), -trainer_.log_std_gradient().cast<double>();
  return finite;
}

bool TrustRegion::ObjectiveGradient(Eigen::VectorXd& gradient, IterationReport& report) {
  const bool finite = Gradient(input_->buffer.advantages, multiplier_, gradient);
  old_sums_ = trainer_.sums();
  report.policy_loss = old_sums_.loss;
  return finite;
}

bool TrustRegion::CostGradient(Eigen::VectorXd& gradient) {
  return Gradient(input_->buffer.cost_advantages, 0.0, gradient);
}

bool TrustRegion::Apply(const Eigen::VectorXd& vector, Eigen::VectorXd& product) {
  return fisher_.Apply(vector, product) && KeepsGoing();
}

bool TrustRegion::Solve(const Eigen::VectorXd& b, Eigen::VectorXd& x) {
  return solver_.Solve(*this, b, settings_.conjugate_gradient_iterations, x);
}

void TrustRegion::MoveTo(const Eigen::VectorXd& step, double fraction) {
  const Eigen::Index n = policy_->network.parameter_count();
  const auto share = static_cast<float>(fraction);
  policy_->network.mutable_parameters() =
      old_parameters_.head(n) + share * step.head(n).cast<float>();
  policy_->log_std = old_parameters_.tail(policy_->log_std.size()) +
                     share * step.tail(policy_->log_std.size()).cast<float>();
}

TrustRegion::Trial TrustRegion::Try(const Eigen::VectorXd& step, double fraction) {
  MoveTo(step, fraction);
  policy_->log_std = policy_->log_std.cwiseMax(static_cast<float>(settings_.least_log_std));
  PolicyLoss loss(input_->buffer, policy_->log_std, old_log_std_, {.multiplier = multiplier_});
  loss.set_samples(input_->buffer.size);
  if (!trainer_.Measure(*policy_, samples_, Inputs(), loss, input_->pool)) {
    return {.kl = std::numeric_limits<double>::infinity()};
  }
  const LossSums& sums = trainer_.sums();
  return {
      .kl = sums.kl, .gain = old_sums_.loss - sums.loss, .cost_change = sums.cost - old_sums_.cost};
}

bool TrustRegion::Search(const Eigen::VectorXd& step, const AcceptanceRule& rule,
                         IterationReport& report) {
  Trial trial;
  bool going = true;
  const LineSearchOutcome outcome =
      SearchLine(settings_.line_search_shrink, settings_.line_search_steps, [&](double fraction) {
        trial = Try(step, fraction);
        going = going && KeepsGoing();
        return trial.kl <= settings_.target_kl && (!rule.needs_gain || trial.gain >= 0.0) &&
               trial.cost_change <= rule.most_cost_change;
      });
  if (!outcome.accepted) {
    MoveTo(step, 0.0);
    trial = {};
  }
  report.line_search_steps = outcome.steps;
  report.line_search_failed = !outcome.accepted;
  report.policy_epochs = outcome.accepted ? 1 : 0;
  report.kl = trial.kl;
  report.surrogate_gain = trial.gain;
  report.surrogate_cost_change = trial.cost_change;
  return going;
}

}  // namespace lookout::agents
