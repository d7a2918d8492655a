// lookout bench train: how fast agents sample and learn. Main thread; a run spreads its own work.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>

#include "agents/rl/runs/training.h"
#include "sim/config/config.h"

namespace lookout::app {

struct MeasuredIteration {
  agents::IterationReport report;
  // Floating-point operations of the gradient steps. NaN for trust regions, whose update is mostly
  // products with the Fisher matrix.
  double update_flops = 0.0;
  std::uint64_t policy_hash = 0;
};

// The second iteration of such a run. The first is unlike the others: an untrained policy may be
// stopped by its KL after one step of many, and memory is touched for the first time.
Result<MeasuredIteration> MeasureIteration(const agents::TrainingSettings& settings,
                                           const sim::EnvironmentConfig& config);

// Adds the subcommand to `bench`.
void AddBenchTrainCommand(CLI::App& bench, int& exit_code);

}  // namespace lookout::app
