// Runs a program and waits for it, with an end in sight. Any thread.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "sim/base/result.h"

namespace lookout::app {

// Runs arguments[0], found in PATH, with no input and no output of ours. Fails, naming the cause,
// if it cannot be started, ends with another status than 0, or is still running after `patience_s`
// seconds or a stop request; it is killed then.
Status RunChild(const std::vector<std::string>& arguments, double patience_s, std::stop_token stop);

}  // namespace lookout::app
