// The agent that --policy names, in the environment that --env names. Main thread.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "agents/policies/policy.h"
#include "sim/config/config.h"
#include "sim/environment/environment.h"

namespace lookout::app {

struct PolicyChoice {
  std::string environment;  // id or file; empty: the policy's own, or PointGoal1
  // random, goto, careful, the folder of a run, or the file of a policy
  std::string policy = "random";
  std::string option = "--policy";  // that names it, or its argument
  bool sampled = false;  // a trained policy draws its actions instead of taking their mean
};

// Adds --env, --policy and --sampled; `choice` has to outlive the command.
void AddPolicyChoice(CLI::App& command, PolicyChoice& choice);

// Rejects (kBadInput) an environment or a policy file that cannot be used.
Result<sim::EnvironmentConfig> EnvironmentFor(const PolicyChoice& choice);

// config, spec: of that environment. Rejects (kBadInput) what names no policy, and one that does
// not fit.
Result<agents::PolicyPtr> ReadPolicy(const PolicyChoice& choice,
                                     const sim::EnvironmentConfig& config,
                                     const sim::EnvironmentSpec& spec);

}  // namespace lookout::app
