// lookout bench train: how fast agents sample and learn. Main thread; a run spreads its own work.
#pragma once

#include <CLI/CLI.hpp>

namespace lookout::app {

// Adds the subcommand to `bench`.
void AddBenchTrainCommand(CLI::App& bench, int& exit_code);

}  // namespace lookout::app
