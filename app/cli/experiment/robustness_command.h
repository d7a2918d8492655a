// lookout experiment robustness: how corrupted observations mislead cost models, plain ones and
// noisy students. Main thread.
#pragma once

#include <CLI/CLI.hpp>

namespace lookout::app {

void AddRobustnessExperiment(CLI::App& experiment, int& exit_code);

}  // namespace lookout::app
