// lookout experiment queries: whether the queue of queries needs fewer labels than chance. Main
// thread.
#pragma once

#include <CLI/CLI.hpp>

namespace lookout::app {

void AddQueriesExperiment(CLI::App& experiment, int& exit_code);

}  // namespace lookout::app
