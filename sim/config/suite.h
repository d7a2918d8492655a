// The registered environments, as assets/suite/safety_gym.json has them: ids, the environments
// panel and `lookout envs` all come from there. Any thread.
#pragma once

#include <string>
#include <vector>

#include "sim/config/config.h"

namespace lookout::sim {

// One environment and how it is called: <group>-<robot><family><level>-v0.
struct RegisteredEnvironment {
  std::string id;      // "Safexp-PointGoal1-v0"
  std::string group;   // "Safexp", "Testing"
  std::string robot;   // "Point"
  std::string family;  // "Goal"
  std::string level;   // "1"; "" where a family has only one
  EnvironmentConfig config;

  // "PointGoal1", which no two of them share.
  std::string short_name() const { return robot + family + level; }
};

// All of them, robot by robot, in the order of the file.
const std::vector<RegisteredEnvironment>& RegisteredEnvironments();

}  // namespace lookout::sim
