// The cost that an agent is held to, made from the rule's cost and a cost model's prediction. One
// owner, one thread.
#pragma once

#include <utility>

#include "agents/feedback/models/cost_model.h"
#include "agents/rl/rollouts/rollout_buffer.h"
#include "agents/rl/settings/training_settings.h"

namespace lookout::agents {

class CostSignal {
 public:
  explicit CostSignal(CostSource source) : source_(source) {}

  // Whose predictions the next Fill finds; may be null unless the source needs one. For a source
  // that does not need it, the log has its predictions beside.
  void set_model(CostModelPtr model) { model_ = std::move(model); }
  const CostModelPtr& model() const { return model_; }
  bool lacks_model() const { return NeedsCostModel(source_) && !model_; }

  // Overwrites `costs` of a collection as it came from the sampler, which left there the part of
  // the rule's cost that the source names.
  void Fill(RolloutBuffer& buffer) const;

 private:
  CostSource source_;
  CostModelPtr model_;
};

}  // namespace lookout::agents
