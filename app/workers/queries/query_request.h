// What is worth asking a person next: what it is found out from, and what came of it. Values; the
// chunks are shared, not copied.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agents/feedback/kinds/feedback_record.h"
#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/queries/query.h"
#include "app/workers/runtime/recording_handle.h"
#include "sim/environment/environment.h"
#include "sim/recording/recording.h"
#include "ui/model/episode_store.h"

namespace lookout::app {

struct QueryRequest {
  std::vector<agents::FeedbackRecord> feedback;  // of any episode
  struct Episode {
    ui::EpisodeScenePtr scene;
    std::vector<sim::ChunkPtr> chunks;  // in order from step 0
  };
  std::vector<Episode> episodes;  // that may be asked about, all of one observation signature
  // Others of that signature that are not in memory, of the environment `spec`.
  std::vector<RecordingHandle> elsewhere = {};
  RecordingLoader load = nullptr;  // of those
  sim::EnvironmentSpec spec = {};
  agents::CostModelPtr model;  // in use; null: none yet
  // Of a round of labelling ago, if it is to be compared with the one in use.
  agents::CostModelPtr previous_model = nullptr;
};

struct ProposedQueries {
  std::vector<agents::Query> queries;  // in the order in which they are worth asking
  std::string problem;                 // why there are none; empty: there may be
  // Cohen's kappa between the two models of the request on the stop set, NaN if that cannot be
  // told; nothing: there was no previous model.
  std::optional<double> agreement = {};
};

}  // namespace lookout::app
