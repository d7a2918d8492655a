// How the files of an experiment name an environment. Pure functions; any thread.
#pragma once

#include <algorithm>
#include <cctype>
#include <string>

#include "sim/config/config.h"
#include "sim/environment/environment.h"

namespace lookout::app {

// "PointGoal1": as in the names of files, every other character than a letter, a digit, '.', '-'
// and '_' as '_'.
inline std::string PlaceName(const sim::EnvironmentConfig& environment) {
  std::string name(sim::ShortEnvironmentName(environment.id));
  std::ranges::replace_if(
      name,
      [](unsigned char c) { return std::isalnum(c) == 0 && c != '.' && c != '-' && c != '_'; },
      '_');
  return name;
}

}  // namespace lookout::app
