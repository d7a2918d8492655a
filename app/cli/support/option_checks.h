// What every option of every subcommand refuses, said once.
#pragma once

#include <CLI/CLI.hpp>

namespace lookout::app {

// Lets all options of the program and its subcommands, present so far, reject an empty text, and
// those that take a number also "nan", in any spelling: no comparison with a range would catch it.
void RejectEmptyAndNan(CLI::App& app);

}  // namespace lookout::app
