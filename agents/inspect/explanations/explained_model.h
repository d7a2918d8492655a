// A cost model as explanations look at it: the log-odds of unsafe of states alone, and how they
// change with every value of an observation. One thread.
#pragma once

#include <Eigen/Core>

#include "agents/feedback/models/cost_model.h"
#include "agents/inspect/explanations/explained_function.h"

namespace lookout::agents {

double ProbabilityOf(double log_odds);
double LogOddsOf(double probability);  // of (0, 1)

class ExplainedModel final : public ExplainedFunction {
 public:
  // The model has to outlive this. One that looks at earlier observations or at actions is asked
  // about states alone, as if nothing had moved and nothing been done.
  explicit ExplainedModel(const CostModel& model) : model_(&model) {}

  const CostModel& model() const { return *model_; }
  int observation_dim() const override { return model_->observation_dim(); }
  bool is_log_odds() const override { return true; }
  GradientMethod gradients() const override {
    return model_->ensemble() != nullptr ? GradientMethod::kBackward : GradientMethod::kDifferences;
  }

  // Of an ensemble of networks: the calibrated mean logit, before the rounding of a probability
  // near 0 or 1. Otherwise of the probability, held within [1e-6, 1 - 1e-6].
  Eigen::VectorXd Values(const Eigen::Ref<const Eigen::MatrixXf>& observations) const override;

  // Where a lidar's nearest thing is in two bins alike, that of the first.
  Eigen::MatrixXd Gradient(const Eigen::Ref<const Eigen::MatrixXf>& observations) const override;

 private:
  const CostModel* model_;
};

}  // namespace lookout::agents
