// The cost that an agent is held to, made from the rule's cost and a cost model's prediction. One
// owner, one thread.
#pragma once

#include <Eigen/Core>

#include "agents/feedback/models/cost_model.h"
#include "agents/rl/rollouts/rollout_buffer.h"
#include "agents/rl/settings/training_settings.h"

namespace lookout::agents {

class CostSignal {
 public:
  // steps_per_sample: environment steps that each sample stands for; the prediction of the last of
  // them counts for all.
  explicit CostSignal(CostSource source, int steps_per_sample = 1);

  // Which model predicts from the next Fill on; may be null unless the source needs one. A source
  // that does not need it is predicted beside, for the log.
  void set_model(CostModelPtr model) { model_ = std::move(model); }
  const CostModelPtr& model() const { return model_; }
  bool lacks_model() const { return NeedsCostModel(source_) && !model_; }

  // Overwrites `predicted_costs` (0 without a model) and `costs` of a collection as it came from
  // the sampler, which left in `costs` the part of the rule's cost that the source names.
  void Fill(RolloutBuffer& buffer);

 private:
  void Predict(RolloutBuffer& buffer);

  CostSource source_;
  float steps_per_sample_;
  CostModelPtr model_;
  Eigen::VectorXf spread_;
};

}  // namespace lookout::agents
