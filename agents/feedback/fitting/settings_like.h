// How a cost model can be fitted again. Pure function; any thread.
#pragma once

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/models/cost_model.h"

namespace lookout::agents {

// Settings with which a fit gives a model of the same inputs and sizes, as far as it tells them;
// else the usual ones. Without a previous model.
CostModelSettings SettingsLike(const CostModel& model, const sim::ObservationSignature& signature);

}  // namespace lookout::agents
