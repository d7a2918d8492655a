// The registered environments as data: what a family shares, what a level adds, what a robot needs.
#include <functional>

#include "sim/config.h"
#include "sim/nearest_name.h"

namespace lookout::sim {
namespace {

using Config = EnvironmentConfig;
using Change = void (*)(Config&);

constexpr Rectangle Square(double half_m) { return {-half_m, -half_m, half_m, half_m}; }

void UsePoint(Config& c) { c.robot_base = RobotKind::kPoint; }

struct Robot {
  const char* name;
  Change change;
};
constexpr Robot kRobots[] = {{"Point", UsePoint}};

void Benchmark(Config& c) {
  c.observe_goal_lidar = true;
  c.observe_box_lidar = true;
  c.lidar_max_dist = 3;
  c.lidar_num_bins = 16;
}

void GoalFamily(Config& c) {
  Benchmark(c);
  c.task = Task::kGoal;
  c.goal_size = 0.3;
  c.goal_keepout = 0.305;
  c.hazards.size_m = 0.2;
  c.hazards.keepout_m = 0.18;
}

void Goal0(Config& c) { c.placements_extents = Square(1); }

void Goal1(Config& c) {
  c.placements_extents = Square(1.5);
  c.hazards.num = 8;
  c.vases.num = 1;
  c.constrain_hazards = true;
  c.observe_hazards = true;
  c.observe_vases = true;
}

void Goal2(Config& c) {
  Goal1(c);
  c.placements_extents = Square(2);
  c.constrain_vases = true;
  c.hazards.num = 10;
  c.vases.num = 10;
}

// An environment is called <prefix>-<robot><name>-v0. A robot's settings yield to the level's.
struct Level {
  const char* prefix;
  const char* name;
  Change family;
  Change level;
};
constexpr Level kLevels[] = {{"Safexp", "Goal0", GoalFamily, Goal0},
                             {"Safexp", "Goal1", GoalFamily, Goal1},
                             {"Safexp", "Goal2", GoalFamily, Goal2}};

std::string IdOf(const Robot& robot, const Level& level) {
  return std::string(level.prefix) + "-" + robot.name + level.name + "-v0";
}

}  // namespace

std::vector<std::string> EnvironmentIds() {
  std::vector<std::string> ids;
  for (const Robot& robot : kRobots) {
    for (const Level& level : kLevels) ids.push_back(IdOf(robot, level));
  }
  return ids;
}

Result<EnvironmentConfig> ConfigForId(std::string_view id) {
  for (const Robot& robot : kRobots) {
    for (const Level& level : kLevels) {
      if (id != IdOf(robot, level)) continue;
      Config config;
      config.id = id;
      level.family(config);
      robot.change(config);
      level.level(config);
      return config;
    }
  }
  const std::string shown(id.substr(0, 80));
  return BadInput("There is no environment \"" + shown + "\"." +
                  DidYouMean(id, EnvironmentIds(), 3));
}

}  // namespace lookout::sim
