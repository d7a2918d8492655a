// What a person has to know of an environment to choose it: robot, task, what is in the way and
// what costs. Values; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/config/config.h"
#include "sim/environment/environment.h"
#include "sim/environment/kinds.h"

namespace lookout::ui {

struct EnvironmentCard {
  std::string id;        // for SetEnvironment
  std::string name;      // "PointGoal1"
  std::string contents;  // "8 hazards, 1 vase"
  std::string arena;     // "3 x 3 m"
  sim::RobotKind robot = sim::RobotKind::kPoint;
  sim::Task task = sim::Task::kGoal;
  std::vector<sim::CostKind> charged;  // by what stands in it
  bool own = false;                    // came as a configuration file
  std::string searchable;              // lower case
};

EnvironmentCard CardOf(const sim::EnvironmentConfig& config, bool own);

// Every registered environment, in the suite's order.
std::vector<EnvironmentCard> RegisteredCards();

// Whether every word of the search is somewhere in the card's words; upper and lower case are the
// same.
bool Matches(const EnvironmentCard& card, std::string_view search);

const char* TaskName(sim::Task task);    // "Goal"
const char* TaskRemark(sim::Task task);  // one line: what earns reward

using sim::ShortEnvironmentName;

}  // namespace lookout::ui
