// lookout experiment memory: what memory is worth to agents that do not see all of their world.
// Main thread.
#pragma once

#include <CLI/CLI.hpp>

namespace lookout::app {

void AddMemoryExperiment(CLI::App& experiment, int& exit_code);

}  // namespace lookout::app
