// The episodes of a project as simulated annotators get them to see. One owner, one thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agents/feedback/facts/episode_facts.h"
#include "app/project/project.h"
#include "sim/recording/recording.h"

namespace lookout::app {

struct AnnotatedEpisode {
  sim::EpisodeHeader header;
  std::vector<sim::ChunkPtr> chunks;
  std::vector<const sim::StepRecord*> steps;  // of the chunks, in order from step 0
  agents::EpisodeFacts facts;                 // of them
};

// Those of the ids, in the project's order; no ids: all. with_geometry: see agents::ReadFacts.
// Rejects (kBadInput) an id that the project does not have, a project without episodes, and
// episodes without the simulator's state if geometry is needed.
Result<std::vector<AnnotatedEpisode>> LoadAnnotatedEpisodes(Project& project,
                                                            std::span<const std::int64_t> ids,
                                                            bool with_geometry);

}  // namespace lookout::app
