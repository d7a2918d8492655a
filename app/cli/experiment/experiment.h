// lookout experiment: experiments that tell whether the program's methods do what is claimed of
// them. Main thread.
#pragma once

#include <CLI/CLI.hpp>

namespace lookout::app {

// Adds the subcommand, and those below it, to the command line.
void AddExperimentCommand(CLI::App& app, int& exit_code);

}  // namespace lookout::app
