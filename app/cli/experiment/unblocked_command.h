// lookout experiment unblocked: agents that are held off one way take the next that nobody marked,
// and whether that is found. Main thread.
#pragma once

#include <CLI/CLI.hpp>

namespace lookout::app {

void AddUnblockedExperiment(CLI::App& experiment, int& exit_code);

}  // namespace lookout::app
