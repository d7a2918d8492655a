// Adds up what a cost model predicts for environment steps, in blocks, so that it costs few calls
// of the model however many steps an action is held. One owner, one thread.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/transitions/observation_history.h"

namespace lookout::agents {

class StepPredictions {
 public:
  // Forgets what was not flushed. The model has to live until the last Flush; null: all is 0.
  void Begin(const CostModel* model);
  // Before the first step of a decision, from [observation_dim] values.
  void BeginDecision(const Eigen::Ref<const Eigen::VectorXf>& observation);

  // A step with the executed action, [action_dim], that led to the observation. history: up to the
  // observation just before; of one reach from Begin on.
  struct Step {
    const Eigen::VectorXd& action;
    const Eigen::VectorXd& observation;
    const ObservationHistory& history;
  };
  // After the step. This Add, a later one or Flush adds its predicted cost to sums[sample]. Does
  // not allocate after the first since Begin.
  void Add(const Step& step, int sample, Eigen::VectorXf& sums);
  // Adds all that is pending.
  void Flush(Eigen::VectorXf& sums);

 private:
  const CostModel* model_ = nullptr;
  Eigen::VectorXf last_;  // observation
  // [... x kColumnBlock], of which the first samples_.size() are pending.
  Eigen::MatrixXf observations_, actions_, next_observations_, earlier_;
  int traces_ = 0;  // among earlier_
  std::vector<int> samples_;
  CostModelWorkspace workspace_;
  Eigen::VectorXf probability_, spread_;  // [kColumnBlock]
};

}  // namespace lookout::agents
