// lookout suite: the benchmark's table by one command. Main thread.
#pragma once

#include <CLI/CLI.hpp>

namespace lookout::app {

void AddSuiteCommand(CLI::App& app, int& exit_code);

}  // namespace lookout::app
