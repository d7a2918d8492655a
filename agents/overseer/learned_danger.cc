#include "agents/overseer/learned_danger.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lookout::agents {

LearnedDanger::LearnedDanger(CostModelPtr model) : model_(std::move(model)) {
  const int dim = model_->observation_dim();
  before_.setZero(dim);
  after_.setZero(dim);
  action_.setZero(model_->past_inputs().action_dim);
  earlier_.setZero(dim * std::max(0, model_->past_inputs().history - 1));
  scratch_ = earlier_;
}

void LearnedDanger::Begin(const Eigen::VectorXd& observation) {
  before_ = observation.cast<float>();
  for (Eigen::Index at = 0; at < earlier_.size(); at += before_.size()) {
    earlier_.segment(at, before_.size()) = before_;
  }
}

double LearnedDanger::Step(const Eigen::VectorXd& action, const Eigen::VectorXd& next_observation) {
  after_ = next_observation.cast<float>();
  if (action_.size() == action.size()) {
    action_ = action.cast<float>().cwiseMax(-1.0F).cwiseMin(1.0F);
  }
  model_->PredictWith(workspace_, Transitions(before_, action_, after_, earlier_), probability_,
                      spread_);
  if (const Eigen::Index dim = before_.size(); earlier_.size() > 0) {
    scratch_ = earlier_;
    earlier_.tail(earlier_.size() - dim) = scratch_.head(earlier_.size() - dim);
    earlier_.head(dim) = before_;
  }
  before_ = after_;
  const double probability = probability_[0];
  return std::isfinite(probability) ? probability : 1.0;
}

void LearnedDanger::Follow(const LearnedDanger& other) {
  before_ = other.before_;
  earlier_ = other.earlier_;
}

}  // namespace lookout::agents
