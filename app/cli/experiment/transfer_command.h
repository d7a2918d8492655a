// lookout experiment transfer: whether cost models and policies that were learned in one
// environment are of use in others. Main thread.
#pragma once

#include <CLI/CLI.hpp>

namespace lookout::app {

void AddTransferExperiment(CLI::App& experiment, int& exit_code);

}  // namespace lookout::app
