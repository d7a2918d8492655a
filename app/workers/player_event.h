// What the player says, in order: an episode begins, then its steps as sealed chunks. Value types.
#pragma once

#include <variant>

#include "app/workers/mailbox.h"
#include "sim/recording.h"
#include "ui/model/episode_book.h"

namespace lookout::app {

struct EpisodeBegan {
  ui::EpisodeScenePtr scene;
};
using PlayerEvent = std::variant<EpisodeBegan, sim::ChunkPtr>;

}  // namespace lookout::app
