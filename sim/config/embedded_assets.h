// Files of assets/ that are built into the program, so that it runs from anywhere. Any thread.
#pragma once

#include <string_view>

namespace lookout::sim {

// assets/robots/<name>.xml, or "" if there is none.
std::string_view EmbeddedRobotMjcf(std::string_view name);

// assets/suite/safety_gym.json
std::string_view EmbeddedSuite();

}  // namespace lookout::sim
