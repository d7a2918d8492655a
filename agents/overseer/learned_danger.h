// What a cost model says of the steps of one episode or of one future of it. One owner and thread.
#pragma once

#include <Eigen/Core>

#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/transitions/observation_history.h"

namespace lookout::agents {

class LearnedDanger {
 public:
  explicit LearnedDanger(CostModelPtr model);

  // An episode begins with, or is entered at, this observation: it stands in for all before it.
  void Begin(const Eigen::VectorXd& observation);
  // A step was done: [action_dim], as proposed; and what was observed after it. The probability
  // that it is unsafe; 1 where the model has no answer. Does not allocate after the first call.
  double Step(const Eigen::VectorXd& action, const Eigen::VectorXd& next_observation);

  // Takes over where another of the same model is.
  void Follow(const LearnedDanger& other);

 private:
  CostModelPtr model_;
  CostModelWorkspace workspace_;
  Eigen::VectorXf before_;
  Eigen::VectorXf after_;
  Eigen::VectorXf action_;
  ObservationHistory history_;
  Eigen::VectorXf probability_{1};
  Eigen::VectorXf spread_{1};
};

}  // namespace lookout::agents
