#include <string>

#include "agents/rl/settings/training_settings.h"
#include "sim/robots/robots.h"

namespace lookout::agents {
namespace {

// As published, for each robot.
TrainingSettings Ray2019(sim::RobotKind robot) {
  TrainingSettings settings;
  settings.total_steps = sim::DescriptorOf(robot).published_steps;
  settings.steps_per_iteration = sim::DescriptorOf(robot).published_steps_per_iteration;
  return settings;
}

// For a person who waits; recipe.md beside this file says why, with what was measured.
TrainingSettings Fast() {
  TrainingSettings settings;
  settings.action_repeat = 10;
  settings.normalise_observations = true;
  settings.hidden = 64;
  settings.gae_lambda = 0.95;
  settings.cost_gae_lambda = 0.95;
  settings.normalise_cost_advantages = true;
  settings.combine_advantages = true;
  settings.lambda_targets = true;
  settings.minibatch = 256;
  settings.final_learning_rate = 0.1;
  settings.policy_learning_rate = 1e-3;
  settings.policy_iterations = 10;
  settings.value_iterations = 10;
  settings.target_kl = 0.03;
  settings.initial_multiplier = 0.5;
  return settings;
}

}  // namespace

Result<TrainingSettings> SettingsPreset(std::string_view name, sim::RobotKind robot) {
  if (name == "ray2019") return Ray2019(robot);
  if (name == "fast") return Fast();
  return BadInput("There is no preset '" + std::string(name) + "'; use ray2019 or fast.");
}

}  // namespace lookout::agents
