// Environments of one's own as JSON text, for the project file. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/config/config.h"

namespace lookout::app {

// The setting of a project (Project::Setting) that holds them.
inline constexpr char kOwnEnvironments[] = "own_environments";

// A list of names and Engine's options, in that order.
std::string EncodeEnvironments(const std::vector<sim::EnvironmentConfig>& environments);

// Rejects (kBadInput) text that is no such list; one environment that cannot be read refuses all,
// naming it and the option.
Result<std::vector<sim::EnvironmentConfig>> DecodeEnvironments(std::string_view json);

}  // namespace lookout::app
