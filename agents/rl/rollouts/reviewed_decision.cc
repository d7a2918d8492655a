#include "agents/rl/rollouts/reviewed_decision.h"

#include <algorithm>
#include <cmath>

#include "agents/policies/learned/gaussian_actor.h"

namespace lookout::agents {
namespace {

// Whether what was done is not what was proposed, as the environment would have clipped it.
bool WasBlocked(const StepOutcome& outcome) {
  if (!outcome.intervened || outcome.stopped) return outcome.stopped;
  for (Eigen::Index i = 0; i < outcome.proposed_action.size(); ++i) {
    const double proposed = std::clamp(outcome.proposed_action[i], -1.0, 1.0);
    if (proposed != outcome.executed_action[i]) return true;
  }
  return false;
}

}  // namespace

void ReviewedDecision::Begin(const Eigen::VectorXd& proposed) {
  sum_done_.setZero(proposed.size());
  steps_ = blocked_ = violations_ = 0;
}

void ReviewedDecision::Add(const StepOutcome& outcome) {
  if (outcome.result.costs.total > 0.0 && outcome.result.status != sim::EpisodeStatus::kDiverged) {
    ++violations_;
  }
  if (WasBlocked(outcome)) ++blocked_;
  if (outcome.stopped) return;
  ++steps_;
  // Where it passed, beyond the environment's bounds, too: likelihoods are of what was drawn.
  sum_done_ += outcome.intervened ? outcome.executed_action : outcome.proposed_action;
}

void ReviewedDecision::Keep(LearnFrom learn_from, const Eigen::VectorXf& log_std, int sample,
                            RolloutBuffer& buffer) const {
  buffer.blocked_steps[sample] = static_cast<float>(blocked_);
  buffer.violation_steps[sample] = static_cast<float>(violations_);
  if (blocked_ == 0) return;
  if (buffer.keeps_blocked()) {
    buffer.blocked_actions.col(sample) = buffer.actions.col(sample);
    buffer.blocked_log_probabilities[sample] = buffer.log_probabilities[sample];
  }
  if (learn_from == LearnFrom::kProposed || steps_ == 0) return;
  auto action = buffer.actions.col(sample);
  const auto mean = buffer.means.col(sample);
  for (Eigen::Index i = 0; i < action.size(); ++i) {
    const float reach = kReach * std::exp(log_std[i]);
    const auto done = static_cast<float>(sum_done_[i] / steps_);
    action[i] = std::clamp(done, mean[i] - reach, mean[i] + reach);
  }
  buffer.log_probabilities[sample] = GaussianLogProbability(action, mean, log_std);
}

}  // namespace lookout::agents
