// The training of the agents of an experiment, on the command line. Main thread.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

#include "agents/rl/settings/training_settings.h"
#include "sim/base/result.h"

namespace lookout::app {

struct TrainingOptions {
  std::string preset = "fast";
  std::string settings_file;  // over the preset; empty: none
  std::int64_t steps = 3'000'000;
};

// --preset, --settings and --steps; steps_help: of how much training.
void AddTrainingOptions(CLI::App& command, const std::string& steps_help, TrainingOptions& options);

// The same as text, to be typed again.
std::string TrainingText(const TrainingOptions& options);

// PPO-Lagrangian with a PID controller, which holds a limit most exactly, unless the file of
// settings says something else; held to that cost likewise. The caller sets limit, seed and
// workers. Rejects (kUsage, kBadInput) a preset that does not exist, and what CheckSettings does.
Result<agents::TrainingSettings> ReadTraining(const TrainingOptions& options, sim::RobotKind robot,
                                              agents::CostSource cost_source);
// The same, held to a learned cost. Rejects settings without a constraint on one, too.
Result<agents::TrainingSettings> TrainingOf(const TrainingOptions& options, sim::RobotKind robot);

}  // namespace lookout::app
