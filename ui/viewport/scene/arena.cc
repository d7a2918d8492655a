#include "ui/viewport/scene/arena.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace lookout::ui {
namespace {

constexpr double kRoundPoint_m = 0.5;  // of a thing at a fixed place
constexpr double kSlack_m = 0.15;      // beyond the arena, before a view of it moves
constexpr double kFloorHalf_m = 3.5;   // as sim/world_mjcf.cc has it

void Include(const sim::Rectangle& area, sim::Rectangle& out) {
  out = {std::min(out[0], area[0]), std::min(out[1], area[1]), std::max(out[2], area[2]),
         std::max(out[3], area[3])};
}

void Include(const std::vector<sim::Point2>& points, sim::Rectangle& out) {
  for (const auto& [x, y] : points) {
    Include({x - kRoundPoint_m, y - kRoundPoint_m, x + kRoundPoint_m, y + kRoundPoint_m}, out);
  }
}

// A little nearer, if it is outside: views show some of the surround anyway.
double TowardsArena(double at_m, double low_m, double high_m) {
  return std::clamp(at_m, std::min(low_m, at_m + kSlack_m), std::max(high_m, at_m - kSlack_m));
}

}  // namespace

sim::Rectangle ArenaOf(const sim::EnvironmentConfig& config) {
  sim::Rectangle arena = config.placements_extents;
  if (config.task == sim::Task::kCircle) {
    const double radius_m = config.circle_radius;
    Include({-radius_m, -radius_m, radius_m, radius_m}, arena);
  }
  if (config.task == sim::Task::kGoal || config.task == sim::Task::kPush) {
    Include(config.goal_locations, arena);
  }
  if (config.task == sim::Task::kPush) Include(config.box_locations, arena);
  Include(config.robot_locations, arena);
  for (const sim::ObjectPlacement* object : {&config.buttons, &config.walls, &config.hazards,
                                             &config.vases, &config.pillars, &config.gremlins}) {
    if (object->num > 0) Include(object->locations, arena);
  }
  return arena;
}

sim::Rectangle FramedFloor(const sim::EnvironmentConfig& config,
                           const Eigen::Vector3d& robot_position_in_world) {
  sim::Rectangle floor = ArenaOf(config);
  const double x = robot_position_in_world.x();
  const double y = robot_position_in_world.y();
  if (config.task != sim::Task::kX) {
    const double in_x = TowardsArena(x, floor[0], floor[2]);
    const double in_y = TowardsArena(y, floor[1], floor[3]);
    Include({in_x, in_y, in_x, in_y}, floor);
    return floor;
  }
  const double dx = x - 0.5 * (floor[0] + floor[2]);
  const double dy = y - 0.5 * (floor[1] + floor[3]);
  return {floor[0] + dx, floor[1] + dy, floor[2] + dx, floor[3] + dy};
}

bool LeavesTheFloor(const sim::EnvironmentConfig& config) {
  const sim::Rectangle arena = ArenaOf(config);
  return config.task == sim::Task::kX ||
         std::ranges::any_of(arena, [](double side_m) { return std::abs(side_m) > kFloorHalf_m; });
}

}  // namespace lookout::ui
