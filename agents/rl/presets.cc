#include <string>

#include "agents/rl/training_settings.h"

namespace lookout::agents {
namespace {

// For a person who waits: PointGoal1 reaches a return near 17 in three million steps, half an
// hour on one busy core, of which the update takes a tenth. Normalised observations take out
// the constant gravity that the accelerometer adds to every neuron, so that a small network on
// minibatches takes a hundred useful steps per iteration, where the full batch of the 2019
// recipe, 256 wide, overshoots its KL limit with the first. The multiplier starts low, so that
// the agent learns to reach goals before it learns to avoid costs.
TrainingSettings Fast() {
  TrainingSettings settings;
  settings.normalise_observations = true;
  settings.hidden = 64;
  settings.steps_per_iteration = 15'000;
  settings.environments = 15;
  settings.minibatch = 1'024;
  settings.policy_iterations = 10;
  settings.value_iterations = 10;
  settings.target_kl = 0.02;
  settings.gae_lambda = 0.95;
  settings.cost_gae_lambda = 0.95;
  settings.initial_multiplier = 0.05;
  return settings;
}

}  // namespace

Result<TrainingSettings> SettingsPreset(std::string_view name) {
  if (name == "ray2019") return TrainingSettings{};
  if (name == "fast") return Fast();
  return BadInput("There is no preset '" + std::string(name) + "'; use ray2019 or fast.");
}

}  // namespace lookout::agents
