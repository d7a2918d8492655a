// Two versions of the cost model on recorded episodes, one by one as they come. What is kept of an
// episode is small. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <set>
#include <vector>

#include "agents/feedback/evaluation/scored_episode.h"
#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/targets/label_set.h"
#include "app/workers/fitter/fit_request.h"
#include "sim/base/ids.h"
#include "sim/base/result.h"
#include "sim/recording/recording.h"
#include "ui/model/episode_store.h"
#include "ui/version_comparison.h"

namespace lookout::app {

// What is said of a comparison: it begins, episode after episode comes, it is finished. All that is
// not of the newest number is no longer wanted.
struct BeginVersionComparison {
  std::int64_t number = 0;
  std::array<CostModelId, 2> models;
  FitRequest labels;    // all feedback about such observations, and the episodes that it is about
  double limit = 25.0;  // cost that is allowed in an episode
  // Makes the model that is compared in place of the second version, on the worker's thread; empty:
  // none is.
  std::function<Result<agents::CostModelPtr>()> make_second = {};
};
struct EpisodeToCompare {
  std::int64_t number = 0;
  ui::EpisodeScenePtr scene;
  std::vector<sim::ChunkPtr> chunks;  // in order from step 0
};
struct FinishVersionComparison {
  std::int64_t number = 0;
};

class VersionComparer {
 public:
  // models: two, neither null.
  VersionComparer(BeginVersionComparison request, std::array<agents::CostModelPtr, 2> models);

  // One that the models do not fit, or on which nothing was recorded, does not count.
  void Add(const EpisodeToCompare& episode);
  // With the settings that "lookout cost" has by itself. Rejects (kBadInput) if no episode counts.
  Result<ui::VersionsCompared> Finish();

 private:
  bool WasFittedTo(EpisodeId episode) const;
  ui::VersionsAgainst Against(std::vector<agents::ScoredEpisode> episodes) const;

  BeginVersionComparison request_;
  std::array<agents::CostModelPtr, 2> models_;
  agents::LabelSet labels_;
  std::set<EpisodeId> labelled_;  // by spans, regions and the like, or by pairs
  std::set<EpisodeId> paired_;
  std::vector<agents::ScoredEpisode> episodes_;
  ui::VersionsCompared compared_;
};

}  // namespace lookout::app
