// What every option of every subcommand refuses, said once. Main thread.
#pragma once

#include <CLI/CLI.hpp>

namespace lookout::app {

// Lets an option take numbers from `least` to `most` alone, both included.
CLI::Validator Between(double least, double most);

// Lets all options of the program and its subcommands, present so far, reject an empty text, and
// those that take a number what is none, with "nan" in any spelling: no comparison with a range
// would catch that. In the help a number is then called NUMBER.
void CheckTexts(CLI::App& app);

}  // namespace lookout::app
