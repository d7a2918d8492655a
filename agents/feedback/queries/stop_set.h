// The clips that are never asked about, on which successive cost models are compared to see whether
// they still change. Pure functions; any thread.
#pragma once

#include <span>

#include "agents/feedback/agreement/verdict_counts.h"
#include "agents/feedback/kinds/target_sink.h"

namespace lookout::agents {

// About one clip of eight, by nothing but its episode and first step: the same clips always.
bool IsInStopSet(const Segment& clip);

// Adds the steps of a clip, by which of two models predicts a cost from `threshold` on. newer,
// older: [steps] of the clip's episode, as far as they are known; where either is NaN, the step
// does not count. Cohen's kappa of these counts is the evidence that labelling_value.h asks for.
void AddVerdicts(const Segment& clip, std::span<const float> newer, std::span<const float> older,
                 double threshold, VerdictCounts& counts);

}  // namespace lookout::agents
