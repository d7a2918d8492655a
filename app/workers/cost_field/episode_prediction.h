// What a cost model makes of an episode that was recorded under another one. Any thread.
#pragma once

#include <span>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "sim/recording/recording.h"
#include "ui/model/episode_store.h"

namespace lookout::app {

struct PredictRequest {
  ui::EpisodeScenePtr scene;
  std::vector<sim::ChunkPtr> chunks;  // in order from step 0
  StepIndex first_step = 0;           // what is before it is known
  agents::CostModelPtr model;         // not null
};

struct EpisodePredictions {
  EpisodeId episode;
  agents::CostModelPtr model;  // that of the request
  StepIndex first_step = 0;
  // Of every recorded step from there on; NaN where it cannot be told.
  std::vector<float> cost, spread;
};

// Chunk by chunk, so that it costs little more than the network does. Nothing if the model does not
// fit the episode's environment.
EpisodePredictions PredictEpisode(const PredictRequest& request,
                                  agents::CostModelWorkspace& workspace);

}  // namespace lookout::app
