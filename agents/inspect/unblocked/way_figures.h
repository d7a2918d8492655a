// The figures of one group of new clips. Part of unblocked.h. Pure functions; any thread.
#pragma once

#include <span>

#include "agents/inspect/unblocked/unblocked.h"

namespace lookout::agents {

struct WayClip {
  Clip at;
  NewClip described;
};

// clips: of one group, the most typical first, at least one. after: all episodes of the agent.
NewWay WayOf(std::span<const WayClip> clips, std::span<const BehaviourEpisode> after,
             const EpisodeBootstrap& bootstrap);

// Per episode, of all steps.
Estimate CostOf(std::span<const BehaviourEpisode> episodes, const EpisodeBootstrap& bootstrap);
// NaN without a model.
Estimate PredictedOf(std::span<const BehaviourEpisode> episodes, const EpisodeBootstrap& bootstrap);

}  // namespace lookout::agents
