// lookout loop: an agent that is trained in rounds on a learned cost, asked about and audited after
// each. Main thread.
#pragma once

#include <CLI/CLI.hpp>

namespace lookout::app {

void AddLoopCommand(CLI::App& app, int& exit_code);

}  // namespace lookout::app
