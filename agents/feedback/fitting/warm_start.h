// What a fit takes over from the model before. Value types; any thread.
#pragma once

#include <optional>
#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/models/cost_ensemble.h"
#include "agents/feedback/models/data_split.h"

namespace lookout::agents {

struct WarmStart {
  const CostEnsemble* before = nullptr;
  DataSplit split;  // of the new labels: every known episode is on the side that it was on

  // The network of a member, for inputs that are normalised by `next`: it says the same of the same
  // observation.
  Mlp NetworkFor(int member, const Normaliser& next) const;
};

// Nothing if there is no model before, or one of another signature, other inputs or sizes, or if
// what it was trained on cannot be kept apart from what is held out now (it was split by blocks of
// steps, or a class would lack).
std::optional<WarmStart> WarmStartFrom(const CostModelPtr& before, const LabelSet& labels,
                                       const CostModelSettings& settings, const CostInputs& inputs);

}  // namespace lookout::agents
