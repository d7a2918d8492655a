// The newest policy of a training run, with what decides where it can act. Immutable; published by
// the trainer, adopted by the player at its next episode.
#pragma once

#include <string>

#include "agents/policies/policy.h"

namespace lookout::app {

struct TrainedPolicy {
  agents::PolicyPtr policy;
  std::string environment;  // it was trained in
  int observation_dim = 0;
  int action_dim = 0;

  bool Fits(const sim::EnvironmentSpec& spec) const {
    return observation_dim == spec.observation_dim && action_dim == spec.action_dim;
  }
};

}  // namespace lookout::app
