#include "app/cli/support/named_policy.h"

#include <filesystem>
#include <utility>

#include "agents/policies/learned/gaussian_actor.h"
#include "agents/policies/scripted/scripted_policies.h"
#include "app/desktop/robot_cameras.h"
#include "app/runs/saved_policy.h"
#include "sim/config/config_file.h"

namespace lookout::app {
namespace {

bool IsScripted(const std::string& policy) {
  return policy == "random" || policy == "goto" || policy == "go-to-goal" || policy == "careful";
}

}  // namespace

void AddPolicyChoice(CLI::App& command, PolicyChoice& choice) {
  command.add_option("--env", choice.environment,
                     "Id of an environment, or a configuration. Default: that of the policy file, "
                     "or Safexp-PointGoal1-v0.");
  command
      .add_option("--policy", choice.policy,
                  "random, goto, careful, the folder of a run, or the file of a policy.")
      ->capture_default_str();
  command.add_flag("--sampled", choice.sampled, "A policy file draws its actions.");
}

Result<sim::EnvironmentConfig> EnvironmentFor(const PolicyChoice& choice) {
  if (!choice.environment.empty()) return sim::LoadConfig(choice.environment);
  if (IsScripted(choice.policy) || !std::filesystem::exists(choice.policy)) {
    return sim::ConfigForId("Safexp-PointGoal1-v0");
  }
  const auto saved = LoadSavedPolicy(choice.policy, {}, RobotCameras());
  if (!saved) return saved.error();
  return saved->environment;
}

Result<agents::PolicyPtr> ReadPolicy(const PolicyChoice& choice,
                                     const sim::EnvironmentConfig& config,
                                     const sim::EnvironmentSpec& spec) {
  if (choice.policy == "random") return agents::MakeRandomPolicy(spec, /*hold_steps=*/1);
  if (IsScripted(choice.policy)) {
    return agents::MakeGoToGoalPolicy(config, spec, choice.policy == "careful");
  }
  if (!std::filesystem::exists(choice.policy)) {
    return BadInput(choice.option + ": \"" + choice.policy.substr(0, 200) +
                    "\" is neither random, goto or careful nor a run's folder or the file of a "
                    "policy.");
  }
  auto saved = LoadSavedPolicy(choice.policy, choice.environment, RobotCameras());
  if (!saved) return saved.error();
  // Without an environment named for it, the file was held against its own.
  if (Status fits = saved->actor.origin.CheckFits(spec, choice.policy); !fits) return fits.error();
  if (saved->actor.observation_dim() != spec.observation_dim ||
      saved->actor.action_dim() != spec.action_dim) {
    return BadInput(choice.policy + " is a policy of other observations or actions than those of " +
                    spec.id + "; name another one, or another --env.");
  }
  return agents::MakeGaussianPolicy(std::move(saved->actor), /*deterministic=*/!choice.sampled);
}

}  // namespace lookout::app
