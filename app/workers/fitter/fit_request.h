// What the fitter learns from: feedback and the episodes that it is about. Values; holds no steps.
#pragma once

#include <string>
#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/kinds/feedback_record.h"
#include "agents/feedback/targets/label_set.h"
#include "app/workers/fitter/fit_steps.h"
#include "app/workers/runtime/recording_handle.h"
#include "sim/environment/observation_signature.h"

namespace lookout::app {

struct FitRequest {
  std::string environment;  // where they come from, by its id
  std::vector<agents::FeedbackRecord> feedback;
  std::vector<RecordingHandle> episodes;  // feedback on other episodes labels nothing
  RecordingLoader load;                   // of those that nobody has in memory
  // Of all these episodes; steps with an observation of another length do not count.
  sim::ObservationSignature signature;
};

// The labels of a request (see agents::DeriveLabels), as those settings weigh who says them, with
// what they look at besides the state. steps: what is known of the episodes already, kept from fit
// to fit; says afterwards whether one could not be read, whose steps count as not recorded.
Result<agents::DerivedLabels> LabelsOf(const FitRequest& request,
                                       const agents::CostModelSettings& settings, FitSteps& steps);

}  // namespace lookout::app
