// Fits the heads of a cost model, one for each class of danger that labels name often enough, after
// its total was fitted, calibrated and measured; what they are is told in class_heads.h. Any
// thread, and some of its own.
#pragma once

#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/fitting/member_training.h"
#include "agents/feedback/models/cost_ensemble.h"
#include "agents/feedback/models/data_split.h"

namespace lookout::agents {

// Sets the ensemble's heads and the report's classes; the total stays as it is. rows: of each
// member of the total, which a network of the heads is trained beside: it learns the same episodes,
// stops early on the same and is calibrated on the same, as far as they name classes, so that what
// is held out stays so. Of many rows some, evenly, stand for all. Same input: same heads, whatever
// the number of workers.
void FitClassHeads(const TrainingData& data, const std::vector<MemberRows>& rows,
                   const CostModelSettings& settings, CostEnsemble& ensemble);

}  // namespace lookout::agents
