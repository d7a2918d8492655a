// A cost model of one observation made to fit another, where what it looks at is found again by
// name: of a Point robot's world in a Car's, of one task in another. Pure functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "sim/base/result.h"
#include "sim/environment/environment.h"

namespace lookout::agents {

struct AdaptedModel {
  CostModelPtr model;                // its report stays that of the first observation
  std::vector<std::string> absent;   // lidars that it looks at and the environment lacks: of things
                                     // that are not there, so that they see nothing
  std::vector<std::string> unknown;  // lidars of the environment that it never learned about: it
                                     // takes those things for harmless
};

// Parts are the same if key, size and meaning are. What the model does not look at (see
// InputChoice) may differ. Rejects (kBadInput), naming the parts, a model whose observation is not
// known or that is no ensemble, parts that the environment lacks or has in another order, actions
// of another length if it looks at them, and an environment that has nothing of what it looks at.
Result<AdaptedModel> AdaptCostModel(const CostModel& model, const sim::EnvironmentSpec& spec);

}  // namespace lookout::agents
