// Why is a number of an agent what it is at a moment? What each object contributes to it, and each
// input. Pure function; the world's thread.
#pragma once

#include "agents/inspect/explanations/integrated_gradients.h"
#include "agents/inspect/explanations/object_contributions.h"

namespace lookout::agents {

struct ExplainedNumber {
  ObjectContributions contributions;
  IntegratedGradients gradients;  // from the same state with nothing around
};

// Rejects (kBadInput) worlds in which no object can be left out, and an observation that is not
// finite.
Status CheckWorldCanBeExplained(const sim::SafetyGym& world);

// world: in the moment that is explained; its spec fits the function. Rejects as above.
Result<ExplainedNumber> ExplainNumber(const ExplainedFunction& function,
                                      const sim::SafetyGym& world,
                                      const ContributionSettings& settings = {},
                                      const KeepGoing& keep_going = {});

}  // namespace lookout::agents
