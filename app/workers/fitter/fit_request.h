// What the fitter learns from: feedback and the recorded steps of the episodes that it is about.
// Values; the chunks are shared, not copied.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/kinds/feedback_record.h"
#include "agents/feedback/targets/label_set.h"
#include "app/workers/fitter/recorded_places.h"
#include "sim/environment/observation_signature.h"
#include "sim/recording/recording.h"

namespace lookout::app {

struct FitRequest {
  std::string environment;  // where they come from, by its id
  std::vector<agents::FeedbackRecord> feedback;
  // Recorded steps, chunks in order from step 0; feedback on other episodes labels nothing.
  std::vector<std::pair<EpisodeId, std::vector<sim::ChunkPtr>>> episodes;
  std::map<EpisodeId, sim::EpisodeHeaderPtr> headers;  // of them, for regions
  // Of all these episodes; those of another length are left out.
  sim::ObservationSignature signature;
};

// The labels of a request (see agents::DeriveLabels), as those settings weigh who says them, with
// what they look at besides the state. facts: what is known of the episodes already, kept from fit
// to fit.
Result<agents::DerivedLabels> LabelsOf(const FitRequest& request,
                                       const agents::CostModelSettings& settings,
                                       EpisodeFactsCache& facts);

}  // namespace lookout::app
