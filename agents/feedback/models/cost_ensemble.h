// What a cost model is made of; how fitting makes one. Value type; any thread.
#pragma once

#include <string>
#include <vector>

#include "agents/feedback/models/calibration.h"
#include "agents/feedback/models/class_heads.h"
#include "agents/feedback/models/cost_inputs.h"
#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/models/data_split.h"
#include "agents/feedback/models/support.h"
#include "agents/learning/mlp.h"
#include "agents/learning/normaliser.h"

namespace lookout::agents {

struct CostEnsemble {
  // What DecodeCostModel accepts, and fitting therefore keeps to.
  static constexpr int kMaxMembers = 64;
  static constexpr int kMaxWidth = Mlp::kMaxWidth;  // of observations and hidden layers

  CostModelId id;
  sim::ObservationSignature signature;  // of what was marked; empty: not known
  CostInputs inputs;
  Normaliser normaliser;     // of the inputs
  std::vector<Mlp> members;  // all of the same sizes, one output: the logit of unsafe
  Calibration calibration;
  ClassHeads heads;  // of classes of danger, beside the total that all the above is
  CostModelReport report;
  Support support;        // of the inputs; empty: not known
  EpisodeSplit episodes;  // that it was trained on and judged on, for a fit that goes on from it
};

CostModelPtr MakeCostModel(CostEnsemble ensemble);

// The bytes that DecodeCostModel reads.
std::string EncodeCostEnsemble(const CostEnsemble& ensemble);

}  // namespace lookout::agents
