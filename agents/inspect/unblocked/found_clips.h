// The clips of an agent that are unlike all that it did before, or that it does much more often
// now. Part of unblocked.h. Pure functions; any thread.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "agents/inspect/unblocked/behaviour.h"
#include "agents/inspect/unblocked/frequency.h"
#include "agents/inspect/unblocked/novelty.h"

namespace lookout::agents {

struct FoundClip {
  Clip at;
  std::size_t place = 0;        // of all of the agent's clips
  double novelty = 0.0;         // in thresholds
  double times_as_often = 1.0;  // as before
};

struct FoundClips {
  std::vector<FoundClip> clips;
  double often_threshold = 0.0;
  ClipLooks before, after;  // all clips of both agents, as means of their scaled steps

  Eigen::MatrixXf looks() const;  // of the found ones, [values x clips]
};

// By observations and, where all know them, by distances.
std::vector<Novelty> ViewsOf(std::span<const BehaviourEpisode> before,
                             std::span<const BehaviourEpisode> after,
                             const NoveltySettings& settings);

// all: of `after`. A clip is found if it is new by any view, or more often than before than the
// agent before is by chance; of each reason about one in a hundred would be of the same agent.
FoundClips FindClips(std::span<const BehaviourEpisode> before,
                     std::span<const BehaviourEpisode> after, std::span<const Clip> all,
                     std::span<const Novelty> views, const FrequencySettings& settings);

}  // namespace lookout::agents
