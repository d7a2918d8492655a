// What the fitter learns from: the marks and the recorded steps of the marked episodes. Values; the
// chunks are shared, not copied.
#pragma once

#include <vector>

#include "agents/feedback/label_set.h"
#include "sim/recording.h"
#include "ui/model/episode_book.h"

namespace lookout::app {

struct FitEpisode {
  EpisodeId id;
  std::vector<sim::ChunkPtr> chunks;  // in order, from step 0
};

struct FitRequest {
  std::vector<agents::Mark> marks;
  std::vector<FitEpisode> episodes;
  agents::LabelRule rule;
  int observation_dim = 0;  // episodes of environments that sense other things are left out
};

// The request for these marks from what the window holds, for models of `observation_dim` inputs.
// `missing` gets the marked episodes that are not in memory: load them and ask again.
FitRequest MakeFitRequest(const agents::MarkSet& marks, const ui::EpisodeBook& episodes,
                          const agents::LabelRule& rule, int observation_dim,
                          std::vector<EpisodeId>* missing);

// The labels of a request (see agents::DeriveLabels).
Result<agents::DerivedLabels> LabelsOf(const FitRequest& request);

}  // namespace lookout::app
