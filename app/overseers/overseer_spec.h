// Overseers in words, as the command line, a training run's settings and the window take them:
// "lookahead+person:lag=0.3,misses=0.05". Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "agents/rollout/action_filter.h"
#include "sim/base/result.h"
#include "sim/config/config.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

struct OverseerUse {
  // Whether one that fails ends the episode, as a guard does. Not in training, where such ends
  // would be learned from: there the failure ends the run.
  bool guarded = true;
  // That an answer may take before it counts as a failure, where somebody waits for it.
  std::optional<double> latest_s = std::nullopt;
  // Whether each block is settled by looking ahead: whether the proposed action, followed by
  // braking, would have been free of the rule's cost.
  bool settles = false;
  // What refusals begin with, before the text; empty: they say the problem alone.
  std::string_view asked_by = "--overseer";
};

// Makes the filters that the text names, one chain for each environment of that configuration:
// KIND or KIND:NAME=VALUE,NAME=VALUE, several joined by '+' and asked in that order. The maker is
// empty for an empty text. Rejects (kBadInput) what cannot be read, or not be made for that
// environment, with what was wrong and what there is.
Result<agents::ActionFilterMaker> MakeOverseers(std::string_view text,
                                                const sim::EnvironmentConfig& config,
                                                const sim::CameraFactory& cameras = {},
                                                const OverseerUse& use = {});

// The same for environments of which one has been made already: `spec` is its own.
Result<agents::ActionFilterMaker> MakeOverseers(std::string_view text,
                                                const sim::EnvironmentConfig& config,
                                                const sim::EnvironmentSpec& spec,
                                                const OverseerUse& use = {});

// Whether a person has to watch for those overseers to work; false of a text that names none.
bool NeedPerson(std::string_view text);

// What to tell somebody who is about to wait for those overseers in that environment; empty:
// nothing.
std::string SlowOverseers(std::string_view text, const sim::EnvironmentConfig& config);

// The syntax, every kind and its settings with their defaults, for --help.
std::string OverseerHelp();

}  // namespace lookout::app
