// How a subcommand says what went wrong, and which exit code of app/cli/README.md stands for it.
// Main thread.
#pragma once

#include <string>

#include "sim/base/result.h"

namespace lookout::app {

// Says what went wrong on standard error; returns the exit code that stands for it.
int Fail(const Error& error);

// What was typed is at fault, whatever the files hold: an option or a value that does not exist, is
// missing, or does not go with the others. (A file, a configuration or a model that is named and
// cannot be used is BadInput.)
Error WrongUsage(std::string message);
// The same of an error that a part of the program found which does not know where the value is
// from.
Error WrongUsage(Error error);

}  // namespace lookout::app
