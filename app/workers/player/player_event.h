// What the player says, in order: an episode begins, then its steps as sealed chunks. Value types.
#pragma once

#include <variant>
#include <vector>

#include "app/workers/runtime/mailbox.h"
#include "sim/recording/recording.h"
#include "ui/model/episode_store.h"

namespace lookout::app {

struct EpisodeBegan {
  ui::EpisodeScenePtr scene;
};
// Every episode of a ui::PairedRollout, in the order of its agents; all their steps were said
// before.
struct PlayedThrough {
  std::vector<EpisodeId> episodes;
};
using PlayerEvent = std::variant<EpisodeBegan, sim::ChunkPtr, PlayedThrough>;

}  // namespace lookout::app
