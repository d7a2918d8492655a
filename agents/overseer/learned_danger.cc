#include "agents/overseer/learned_danger.h"

#include <cmath>
#include <utility>

namespace lookout::agents {

LearnedDanger::LearnedDanger(CostModelPtr model) : model_(std::move(model)) {
  const int dim = model_->observation_dim();
  before_.setZero(dim);
  after_.setZero(dim);
  action_.setZero(model_->past_inputs().action_dim);
  history_ = ObservationHistory(model_->past_inputs());
}

void LearnedDanger::Begin(const Eigen::VectorXd& observation) {
  before_ = observation.cast<float>();
  history_.Begin(before_);
}

double LearnedDanger::Step(const Eigen::VectorXd& action, const Eigen::VectorXd& next_observation) {
  after_ = next_observation.cast<float>();
  if (action_.size() == action.size()) {
    action_ = action.cast<float>().cwiseMax(-1.0F).cwiseMin(1.0F);
  }
  const Transitions step(before_, action_, after_, history_.earlier(), history_.reach().traces);
  model_->PredictWith(workspace_, step, probability_, spread_);
  history_.Add(after_);
  before_ = after_;
  const double probability = probability_[0];
  return std::isfinite(probability) ? probability : 1.0;
}

void LearnedDanger::Follow(const LearnedDanger& other) {
  before_ = other.before_;
  history_ = other.history_;
}

}  // namespace lookout::agents
