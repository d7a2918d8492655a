// Keeps what of the past each decision of the live episode went by. Player thread.
#pragma once

#include <memory>

#include "agents/policies/attentive_policy.h"
#include "ui/attention.h"

namespace lookout::app {

class AttentionKeeper {
 public:
  // An episode begins, or another agent takes over in it: what was decided before is none of its
  // own.
  void Begin(EpisodeId episode);
  // A decision after what was observed at a step.
  void Add(StepIndex step, agents::Attention attention);
  // What there is so far; null while nothing was attended to.
  std::shared_ptr<const ui::AttentionTrack> Share();

 private:
  ui::AttentionTrack track_;
  std::shared_ptr<const ui::AttentionTrack> shared_;  // as it was when it was last asked for
};

}  // namespace lookout::app
