// The agents that are not trained. Any thread.
#pragma once

#include "agents/policies/policy.h"
#include "sim/config/config.h"
#include "sim/environment/environment.h"

namespace lookout::agents {

// Uniform in [-1, 1] per component, each action meant to be held for `hold_steps` steps.
PolicyPtr MakeRandomPolicy(const sim::EnvironmentSpec& spec, int hold_steps = 10);

// No action, ever: what a world costs whoever stays where the episode began.
PolicyPtr MakeStillPolicy(const sim::EnvironmentSpec& spec);

// The script for every robot and task, by what its observation shows: drives to the goal or its
// button, gets behind the box and pushes it there, runs along x or round the circle. Slows for
// sharp turns, goes round what is solid, backs off when stuck; if `careful`, goes slower and veers
// away from whatever its lidars show that costs. Rejects (kBadInput) an observation that does not
// show what the task is about.
Result<PolicyPtr> MakeGoToGoalPolicy(const sim::EnvironmentConfig& config,
                                     const sim::EnvironmentSpec& spec, bool careful = false);

}  // namespace lookout::agents
