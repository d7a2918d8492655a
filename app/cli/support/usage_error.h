// What is wrong with a command line that could not be read, in words. Main thread.
#pragma once

#include <CLI/CLI.hpp>

#include "sim/base/result.h"

namespace lookout::app {

// app: after its parse() threw `error`. One cause and one way out (kUsage), by the options' own
// help and in our words, whatever those of the library are.
Error UsageError(const CLI::App& app, const CLI::ParseError& error);

}  // namespace lookout::app
