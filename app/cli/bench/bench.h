// lookout bench: the measurements that are part of the program. Main thread.
#pragma once

#include <CLI/CLI.hpp>

namespace lookout::app {

// Adds the subcommand, and those below it, to the command line.
void AddBenchCommand(CLI::App& app, int& exit_code);

}  // namespace lookout::app
