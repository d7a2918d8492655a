// The least that a cost model can be: one threshold on how near the nearest thing of one kind is.
// What is learned from answers has to beat it where the truth is not of that form. Pure functions;
// any thread.
#pragma once

#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/targets/label_set.h"
#include "sim/base/ids.h"
#include "sim/base/result.h"
#include "sim/environment/observation_signature.h"

namespace lookout::app {

// The lidar and the threshold on its closest value with which the fewest points are called wrong,
// by their weights; its cost is 0 or 1. Of those alike the first lidar and the farthest threshold.
// It is an ordinary cost model, of one neuron. labels: of both classes. Rejects (kBadInput) a
// signature without a lidar.
Result<agents::CostModelPtr> FitStump(const agents::LabelSet& labels,
                                      const sim::ObservationSignature& signature, CostModelId id);

// The same model with its probability cut at 1/2: a cost of 0 or 1. model: an ensemble.
agents::CostModelPtr CutAtHalf(const agents::CostModel& model);

}  // namespace lookout::app
