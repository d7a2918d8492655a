// A cost model as explanations look at it: the log-odds of unsafe of states alone, and how they
// change with every value of an observation. One thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>

#include "agents/feedback/models/cost_model.h"
#include "sim/base/result.h"

namespace lookout::agents {

// Asked again and again; returning false abandons an explanation, which then fails (kFailure).
using KeepGoing = std::function<bool()>;
Status CheckGoing(const KeepGoing& keep_going);

double ProbabilityOf(double log_odds);
double LogOddsOf(double probability);  // of (0, 1)

// How gradients are found.
enum class GradientMethod : std::uint8_t {
  kBackward,     // by the networks' own backward pass
  kDifferences,  // the model has no networks that are known: central differences of kStep
};

class ExplainedModel {
 public:
  static constexpr float kStep = 1e-3F;  // of central differences, in the observation's own units

  // The model has to outlive this. One that looks at earlier observations or at actions is asked
  // about states alone, as if nothing had moved and nothing been done.
  explicit ExplainedModel(const CostModel& model) : model_(&model) {}

  const CostModel& model() const { return *model_; }
  int observation_dim() const { return model_->observation_dim(); }
  GradientMethod gradients() const {
    return model_->ensemble() != nullptr ? GradientMethod::kBackward : GradientMethod::kDifferences;
  }

  // observations: [observation_dim x n]; returns [n]. Of an ensemble of networks: the calibrated
  // mean logit, before the rounding of a probability near 0 or 1. Otherwise of the probability,
  // held within [1e-6, 1 - 1e-6]. NaN where the model cannot tell. Allocates.
  Eigen::VectorXd LogOdds(const Eigen::Ref<const Eigen::MatrixXf>& observations) const;

  // The derivative of the log-odds by every value, [observation_dim x n]. Where a lidar's nearest
  // thing is in two bins alike, that of the first. Allocates.
  Eigen::MatrixXd Gradient(const Eigen::Ref<const Eigen::MatrixXf>& observations) const;

 private:
  const CostModel* model_;
};

}  // namespace lookout::agents
