#include "agents/rl/rollouts/step_predictions.h"

#include "agents/learning/mlp.h"
#include "sim/recording/predicted_cost.h"

namespace lookout::agents {

void StepPredictions::Begin(const CostModel* model) {
  model_ = model;
  samples_.clear();
}

void StepPredictions::BeginDecision(const Eigen::Ref<const Eigen::VectorXf>& observation) {
  if (model_ != nullptr) last_ = observation;
}

void StepPredictions::Add(const Step& step, int sample, Eigen::VectorXf& sums) {
  if (model_ == nullptr) return;
  if (next_observations_.cols() == 0) {
    observations_.resize(step.observation.size(), kColumnBlock);
    actions_.resize(step.action.size(), kColumnBlock);
    next_observations_.resize(step.observation.size(), kColumnBlock);
    samples_.reserve(kColumnBlock);
    probability_.resize(kColumnBlock);
    spread_.resize(kColumnBlock);
  }
  const auto earlier = step.history.earlier();
  if (samples_.empty()) {
    earlier_.resize(earlier.size(), kColumnBlock);
    traces_ = step.history.reach().traces;
  }
  const auto column = static_cast<Eigen::Index>(samples_.size());
  observations_.col(column) = last_;
  actions_.col(column) = step.action.cast<float>();
  last_ = step.observation.cast<float>();
  next_observations_.col(column) = last_;
  earlier_.col(column) = earlier;
  samples_.push_back(sample);
  if (samples_.size() == std::size_t{kColumnBlock}) Flush(sums);
}

void StepPredictions::Flush(Eigen::VectorXf& sums) {
  const auto n = static_cast<Eigen::Index>(samples_.size());
  if (n == 0) return;
  model_->PredictWith(workspace_,
                      {observations_.leftCols(n), actions_.leftCols(n),
                       next_observations_.leftCols(n), earlier_.leftCols(n), traces_},
                      probability_.head(n), spread_.head(n));
  for (Eigen::Index i = 0; i < n; ++i) {
    constexpr StepIndex kAfterReset = 1;  // a step, whichever: it has a transition into it
    sums[samples_[std::size_t(i)]] += sim::PredictedCostOf(kAfterReset, probability_[i]);
  }
  samples_.clear();
}

}  // namespace lookout::agents
