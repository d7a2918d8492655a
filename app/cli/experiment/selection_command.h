// lookout experiment selection: agents that are selected for looking safe to an instrument, and
// what they hide from it. Main thread.
#pragma once

#include <CLI/CLI.hpp>

namespace lookout::app {

void AddSelectionExperiment(CLI::App& experiment, int& exit_code);

}  // namespace lookout::app
