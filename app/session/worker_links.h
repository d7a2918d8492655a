// Where a session hands things to the workers, as functions, so that a test can stand in for them.
// Every function returns at once.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "agents/feedback/mark.h"
#include "app/workers/keeper.h"
#include "sim/recording.h"
#include "ui/commands.h"

namespace lookout::app {

// Everything a fit needs: the marks and the recorded steps of their episodes.
struct LabelSource {
  std::vector<agents::Mark> marks;
  std::vector<std::pair<EpisodeId, std::vector<sim::ChunkPtr>>> episodes;
  int observation_dim = 0;
};

struct WorkerLinks {
  std::function<void(ui::PlayerCommand)> to_player;
  std::function<void(ui::TrainerCommand)> to_trainer;
  std::function<void(ui::FitterCommand)> to_fitter;
  std::function<void(LabelSource)> labels_changed;
  std::function<void(KeeperRequest)> to_keeper;
};

}  // namespace lookout::app
