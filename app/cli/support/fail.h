// How a subcommand says what went wrong. Main thread.
#pragma once

#include "sim/base/result.h"

namespace lookout::app {

// Says what went wrong on standard error; returns the exit code that stands for it.
int Fail(const Error& error);

}  // namespace lookout::app
