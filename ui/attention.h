// What of the past the acting agent goes by, decision by decision, as the player publishes it.
// Values; any thread.
#pragma once

#include <memory>
#include <vector>

#include "agents/policies/attentive_policy.h"
#include "sim/base/ids.h"

namespace lookout::ui {

// One decision.
struct AttentionMoment {
  StepIndex step = 0;  // at which it was made, after what was observed there
  agents::Attention attention;
  std::vector<StepIndex> attended;  // steps of the columns, ascending; the last is `step`

  // Of each column, the mean over the heads.
  std::vector<float> MeanWeights() const;
};

// Of the live episode, as far as the present agent decided.
struct AttentionTrack {
  EpisodeId episode;
  std::vector<std::shared_ptr<const AttentionMoment>> moments;  // ascending steps

  // The decision that led to a step: the last one before it, or at step 0; nullptr: none.
  const AttentionMoment* LedTo(StepIndex step) const;
};

}  // namespace lookout::ui
