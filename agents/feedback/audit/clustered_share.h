// Shares of steps of which those of one episode are alike, with intervals over episodes. Pure
// functions; any thread.
#pragma once

#include <cstdint>
#include <span>

#include "agents/feedback/audit/exact_interval.h"

namespace lookout::agents {

// Trials of one episode; 0 <= successes <= trials.
struct EpisodeTrials {
  std::int64_t successes = 0;
  std::int64_t trials = 0;
};

// Successes / trials of all. The 95 % interval is Clopper and Pearson's of as many independent
// trials as would vary as much as the episodes do, with Student's quantile for their number (Korn
// and Graubard 1998). Where there is no success at all, or nothing else, each episode counts as one
// trial. Of a single episode the interval is all of [0, 1]; of no trial all is NaN.
ExactInterval ClusteredShareOf(std::span<const EpisodeTrials> episodes);

}  // namespace lookout::agents
