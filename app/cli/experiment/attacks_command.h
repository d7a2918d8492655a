// lookout experiment attacks. Main thread.
#pragma once

#include <CLI/CLI.hpp>

namespace lookout::app {

void AddAttacksExperiment(CLI::App& experiment, int& exit_code);

}  // namespace lookout::app
