// The newest policy of a training run, with what decides where it can act. Immutable; published by
// the trainer, adopted by the player at its next episode.
#pragma once

#include "agents/policies/learned/gaussian_actor.h"
#include "agents/policies/policy.h"

namespace lookout::app {

struct TrainedPolicy {
  agents::PolicyPtr policy;
  agents::PolicyOrigin origin;
};

}  // namespace lookout::app
