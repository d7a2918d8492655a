// lookout experiment overseers: what overseers spare of violations until an agent is trained, and
// what they cost in return. Main thread.
#pragma once

#include <CLI/CLI.hpp>

namespace lookout::app {

void AddOverseersExperiment(CLI::App& experiment, int& exit_code);

}  // namespace lookout::app
