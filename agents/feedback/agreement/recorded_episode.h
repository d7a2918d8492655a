// What agreement needs to know of an episode, from its recording. Pure function; any thread.
#pragma once

#include <span>

#include "agents/feedback/agreement/annotator_opinions.h"
#include "sim/recording/recording.h"

namespace lookout::agents {

// chunks: of that episode, in order from step 0. The rule's cost counts as unknown in an imported
// episode that names no cost.
RecordedEpisode DescribeRecorded(const sim::EpisodeHeader& header,
                                 std::span<const sim::ChunkPtr> chunks);

}  // namespace lookout::agents
