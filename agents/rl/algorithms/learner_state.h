// Everything that learning changes; a value, so that an abandoned update can be undone.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "agents/learning/network_trainer.h"
#include "agents/learning/normaliser.h"
#include "agents/rl/multipliers/multiplier.h"
#include "agents/rl/rollouts/rollout_buffer.h"
#include "sim/environment/environment.h"

namespace lookout::agents {

struct LearnerState {
  TrainedNetwork policy;  // its log_std parameters are the log deviations
  TrainedNetwork value;
  TrainedNetwork cost_value;  // kept, but not trained, where nothing is constrained
  Multiplier multiplier;
  std::optional<Normaliser> normaliser;  // of observations
  // [state_dim x environments]: what the value networks remember of each one's present episode.
  Eigen::MatrixXf remembered_values, remembered_cost_values;

  StateDims state_dims() const {
    return {policy.network.state_dim(), value.network.state_dim(), cost_value.network.state_dim()};
  }
};

// As a run of these settings starts.
LearnerState FreshState(const TrainingSettings& settings, const sim::EnvironmentSpec& spec);

// Asked between gradient steps with the fraction done; false abandons.
using KeepGoing = std::function<bool(double)>;

// What an update fails with when a loss or gradient of that network ("policy") is not finite.
Error NotFinite(std::string_view network, std::string_view option_to_lower);

}  // namespace lookout::agents
