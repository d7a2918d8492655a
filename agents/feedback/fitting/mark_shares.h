// How much each labelled step counts in a fit. Pure functions; any thread.
#pragma once

#include <span>
#include <vector>

#include "agents/feedback/targets/label_set.h"

namespace lookout::agents {

// The steps of one mark are nearly copies of each other and are right or wrong together. Counted
// one by one, a clip that was called unsafe by mistake from its first step to its last outweighs
// two that show a short danger, and a network that has seen few answers learns the mistakes. So
// each mark of kFewestSteps to kStepsThatSayOnce steps counts alike; a longer one counts as so many
// more and a shorter one as a part, for a step or two are too little to count like a second. What
// was only viewed counts like a part of a long mark.
inline constexpr int kFewestSteps = 10;
inline constexpr int kStepsThatSayOnce = 50;

// Of each point, besides its weight; 1 in the mean.
std::vector<float> MarkShares(std::span<const TargetPoint> points);

}  // namespace lookout::agents
