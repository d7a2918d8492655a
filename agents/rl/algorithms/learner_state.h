// Everything that learning changes; a value, so that an abandoned update can be undone.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "agents/learning/network_trainer.h"
#include "agents/learning/normaliser.h"
#include "agents/rl/multipliers/multiplier.h"
#include "sim/environment/environment.h"

namespace lookout::agents {

struct LearnerState {
  TrainedNetwork policy;  // its log_std parameters are the log deviations
  TrainedNetwork value;
  TrainedNetwork cost_value;  // kept, but not trained, where nothing is constrained
  Multiplier multiplier;
  std::optional<Normaliser> normaliser;  // of observations
};

// As a run of these settings starts.
LearnerState FreshState(const TrainingSettings& settings, const sim::EnvironmentSpec& spec);

// Asked between gradient steps with the fraction done; false abandons.
using KeepGoing = std::function<bool(double)>;

// What an update fails with when a loss or gradient of that network ("policy") is not finite.
Error NotFinite(std::string_view network, std::string_view option_to_lower);

}  // namespace lookout::agents
