// Who plays the episodes that an experiment asks about. Main thread.
#pragma once

#include <string>

#include "sim/base/result.h"
#include "sim/config/config.h"

namespace lookout::app {

// The path of the policy of that algorithm which is shipped for the environment; empty: none is.
std::string ShippedPolicy(const sim::EnvironmentConfig& config, const std::string& algorithm);

// The path of the policy: the given one or, of an empty text, the one of that algorithm which is
// shipped for the environment. Rejects (kBadInput) where none is shipped, and one that cannot play
// there.
Result<std::string> PlayingPolicy(const std::string& given, const sim::EnvironmentConfig& config,
                                  const std::string& algorithm);

}  // namespace lookout::app
