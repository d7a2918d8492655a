// What a fitted cost model comes to against the environment's rule. Any thread.
#pragma once

#include "agents/feedback/models/cost_model.h"
#include "app/workers/fitter/fit_request.h"

namespace lookout::app {

// The model with learned_cost and true_cost in its report, and in those of its heads: the means
// over the recordings of the episodes that it was not trained on, those without the rule's cost,
// and those that cannot be read, left out. The same model if there are none, or if it does not say
// which they are.
agents::CostModelPtr WithRuleCost(const agents::CostModelPtr& model, const FitRequest& request);

}  // namespace lookout::app
