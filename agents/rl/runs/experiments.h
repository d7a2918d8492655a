// Which training runs are one experiment, repeated under other seeds, and what to call each where
// several are shown together. Values; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "agents/rl/settings/training_settings.h"

namespace lookout::agents {

struct ExperimentRun {
  std::string environment;
  TrainingSettings settings;
  std::string beyond_settings;  // what else has to be alike in the runs of one experiment
};

struct Experiment {
  std::string label;  // "PPO-Lagrangian", with what tells it from others of its environment
  std::vector<std::size_t> runs;  // ascending indices, never empty
};

// Runs that differ in nothing but seed and workers are one experiment. In the order of their first
// runs.
std::vector<Experiment> ExperimentsOf(std::span<const ExperimentRun> runs);

}  // namespace lookout::agents
