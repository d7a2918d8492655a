// What a cost model that is fitted to labels sees of them. Any thread.
#pragma once

#include <cstdint>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/models/cost_inputs.h"
#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/targets/label_set.h"
#include "agents/feedback/transitions/transition.h"
#include "sim/base/result.h"

namespace lookout::agents {

// Rejects (kBadInput) what nothing can be learned from: an empty set, a single class without pairs
// and values that are not finite, each with what is there. unsafe: points that are.
Status CheckLabels(const LabelSet& labels, std::int64_t unsafe);

// As the settings choose. Rejects (kBadInput) labels whose observations are not the signature's,
// and those without the past that the settings want.
Result<CostInputs> InputsFor(const LabelSet& labels, const CostModelSettings& settings);

// Makes the settings choose what a model looks at; of one that is no ensemble, nothing changes.
void TakeInputsOf(const CostModel& model, CostModelSettings& settings);

// The steps of the points, and of the pairs, a column each. Borrow them.
Transitions PointTransitions(const LabelSet& labels);
Transitions PairTransitions(const LabelSet& labels);

}  // namespace lookout::agents
