// lookout experiment labels: how many answers, how good, a learned cost needs until the agents that
// are held to it do as well as those that are held to the rule. Main thread.
#pragma once

#include <CLI/CLI.hpp>

namespace lookout::app {

void AddLabelsExperiment(CLI::App& experiment, int& exit_code);

}  // namespace lookout::app
