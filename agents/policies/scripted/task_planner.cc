#include "agents/policies/scripted/task_planner.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lookout::agents {
namespace {

using std::numbers::pi;
using Kind = sim::SceneObjectKind;

constexpr double kFarAway_m = 3.0;  // a point to steer for where only the direction matters

// Push: within this of the line from the box to the goal, the robot is behind the box.
constexpr double kBehind_rad = 0.45;
constexpr double kLineUpGain =
    1.6;  // how much further the robot swings out than it is off the line
constexpr double kMostSwing_rad = 0.6;
constexpr double kReachedFrom_m = 1.5;
constexpr double kRoom_m = 0.12;  // between robot and box on the way round

// Circle: how hard to turn inwards for each metre too far out.
constexpr double kInwardsGain = 1.8;
constexpr double kMostInwards_rad = 1.1;

// From the box to its goal, from the direction of travel: as seen, or as remembered. A goal that
// vanishes from near by has been reached, and the next one is elsewhere.
std::optional<double> PushDirection(const Sighting& box, const std::optional<Sighting>& goal,
                                    std::optional<double> angle_to_x, TaskPlannerMemory& memory) {
  if (goal) {
    const Sighting way = Sighting::At(goal->point_m() - box.point_m());
    if (angle_to_x) memory.push_in_world_rad = way.angle_rad - *angle_to_x;
    memory.goal_last_seen_m = goal->distance_m;
    return way.angle_rad;
  }
  if (memory.goal_last_seen_m < kReachedFrom_m) memory.push_in_world_rad.reset();
  if (!memory.push_in_world_rad || !angle_to_x) return std::nullopt;
  return *memory.push_in_world_rad + *angle_to_x;
}

const char* MissingFor(sim::Task task, const Perception& perception) {
  switch (task) {
    case sim::Task::kGoal:
    case sim::Task::kButton:
      return perception.sees(Kind::kGoal) ? nullptr : "observe_goal_lidar";
    case sim::Task::kPush:
      if (!perception.sees(Kind::kGoal)) return "observe_goal_lidar";
      return perception.sees(Kind::kBox) ? nullptr : "observe_box_lidar";
    case sim::Task::kCircle:
      return perception.sees(Kind::kCircle) ? nullptr : "observe_circle";
    case sim::Task::kX:
      return perception.has_compass() ? nullptr : "the magnetometer in sensors_obs";
    case sim::Task::kZ:
    case sim::Task::kNone:
      break;
  }
  return nullptr;
}

}  // namespace

Result<TaskPlanner> TaskPlanner::For(const sim::EnvironmentConfig& config,
                                     const Perception& perception, double body_m) {
  if (const char* missing = MissingFor(config.task, perception)) {
    return BadInput("Go to goal cannot find its way in " + config.id +
                    ", whose observation lacks " + missing +
                    ": choose another agent, or switch that on.");
  }
  return TaskPlanner(config, body_m);
}

std::optional<TaskPlanner::Leg> TaskPlanner::Next(const Perception& perception,
                                                  const Eigen::VectorXd& observation,
                                                  TaskPlannerMemory& memory) const {
  switch (task_) {
    case sim::Task::kGoal:
    case sim::Task::kButton:
      if (const auto goal = perception.Nearest(observation, Kind::kGoal)) return Leg{*goal};
      return std::nullopt;
    case sim::Task::kPush:
      return Push(perception, observation, memory);
    case sim::Task::kCircle:
      return Circle(perception, observation);
    case sim::Task::kX:
      if (const auto angle = perception.AngleToX(observation)) return Leg{{*angle, kFarAway_m}};
      return std::nullopt;
    case sim::Task::kZ:
    case sim::Task::kNone:
      break;
  }
  return std::nullopt;
}

// Behind the box, seen from the goal, the way leads through the box; elsewhere, round to there.
// Where the goal is out of sight and unknown, round the box until it shows.
std::optional<TaskPlanner::Leg> TaskPlanner::Push(const Perception& perception,
                                                  const Eigen::VectorXd& observation,
                                                  TaskPlannerMemory& memory) const {
  const auto box = perception.Nearest(observation, Kind::kBox);
  const auto goal = perception.Nearest(observation, Kind::kGoal);
  if (!box) return goal ? std::optional<Leg>(Leg{*goal}) : std::nullopt;
  const std::optional<double> push_rad =
      PushDirection(*box, goal, perception.AngleToX(observation), memory);
  if (!push_rad) return Leg{{box->angle_rad + 0.5 * pi, kFarAway_m}, true};
  const double off_line_rad = std::remainder(box->angle_rad - *push_rad, 2.0 * pi);
  if (std::abs(off_line_rad) < kBehind_rad) {
    // The robot swings to the side that the box has to leave.
    const double swing = std::clamp(kLineUpGain * off_line_rad, -kMostSwing_rad, kMostSwing_rad);
    return Leg{{box->angle_rad + swing, box->distance_m}};
  }
  const Eigen::Vector2d along(std::cos(*push_rad), std::sin(*push_rad));
  const Eigen::Vector2d behind = box->point_m() - (box_half_m_ + body_m_ + 2.0 * kRoom_m) * along;
  return Leg{Sighting::At(behind), true};
}

// Counter-clockwise: the centre stays on the left.
std::optional<TaskPlanner::Leg> TaskPlanner::Circle(const Perception& perception,
                                                    const Eigen::VectorXd& observation) const {
  const auto centre = perception.Nearest(observation, Kind::kCircle);
  if (!centre) return std::nullopt;
  const double inwards = std::clamp(kInwardsGain * (centre->distance_m - circle_radius_m_),
                                    -kMostInwards_rad, kMostInwards_rad);
  return Leg{{std::remainder(centre->angle_rad - 0.5 * pi + inwards, 2.0 * pi), kFarAway_m}};
}

}  // namespace lookout::agents
