// What led to a recorded step, through the episodes that it was branched from. Pure; window thread.
#pragma once

#include <vector>

#include "sim/recording/recording.h"
#include "ui/model/episode_store.h"

namespace lookout::ui {

// The steps 0 .. last of a recorded episode.
struct EpisodeStretch {
  sim::EpisodeHeaderPtr header;
  std::vector<sim::ChunkPtr> chunks;
  StepIndex last = 0;
};

// In the order in which it happened: the oldest episode up to where the next one branched off, and
// so on to `episode` up to `step`, which it must have. Begins later, with a branch, where an older
// episode is not in memory.
std::vector<EpisodeStretch> PastOf(const EpisodeStore& episodes, EpisodeId episode, StepIndex step);

}  // namespace lookout::ui
