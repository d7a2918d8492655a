#include "sim/engine/task_rules.h"

#include <algorithm>
#include <cmath>

#include "sim/engine/cost_rules.h"

namespace lookout::sim {
namespace {

double GoalDistance(const World& world, Task task, int goal_button) {
  return DistanceFromRobot(world, GoalPosition(world, task, goal_button));
}

Eigen::Vector3d BoxPosition(const World& world) {
  return world.PositionOf(world.bodies(SceneObjectKind::kBox)[0]);
}

// In three dimensions, unlike the distance to the goal.
double BoxDistance(const World& world) {
  return (BoxPosition(world) - world.PositionOf(world.robot_body())).norm();
}

double BoxGoalDistance(const World& world) {
  return (BoxPosition(world) - GoalPosition(world, Task::kPush, -1)).norm();
}

}  // namespace

Result<TaskRules> TaskRules::Create(const EnvironmentConfig& config, const World& world) {
  TaskRules rules(config);
  if (config.task == Task::kButton && config.buttons.num == 0) {
    return BadInput("buttons_num: the task \"button\" needs at least one button.");
  }
  if (config.reward_orientation) {
    const std::string& body = config.reward_orientation_body;
    rules.orientation_body_ = mj_name2id(&world.model(), mjOBJ_BODY, body.c_str());
    if (rules.orientation_body_ < 0) {
      return BadInput("reward_orientation_body: the world has no body \"" + body.substr(0, 60) +
                      "\".");
    }
  }
  return rules;
}

TaskMemory TaskRules::Remember(const World& world, int goal_button) const {
  TaskMemory memory;
  if (config_.task == Task::kGoal || config_.task == Task::kPush || config_.task == Task::kButton) {
    memory.goal_distance_m = GoalDistance(world, config_.task, goal_button);
  }
  if (config_.task == Task::kPush) {
    memory.box_distance_m = BoxDistance(world);
    memory.box_goal_distance_m = BoxGoalDistance(world);
  }
  return memory;
}

Eigen::Vector3d TaskRules::CentreOfMass(const World& world) const {
  return Eigen::Map<const Eigen::Vector3d>(world.data().subtree_com + 3 * world.robot_body());
}

double TaskRules::DenseReward(const World& world, int goal_button,
                              const Eigen::Vector3d& previous_centre_of_mass,
                              TaskMemory& memory) const {
  double reward = TaskReward(world, goal_button, previous_centre_of_mass, memory);
  if (config_.reward_orientation) reward += config_.reward_orientation_scale * Uprightness(world);
  const double clip = config_.reward_clip;
  return clip != 0 ? std::clamp(reward, -clip, clip) : reward;
}

double TaskRules::TaskReward(const World& world, int goal_button,
                             const Eigen::Vector3d& previous_centre_of_mass,
                             TaskMemory& memory) const {
  const TaskMemory before = memory;
  switch (config_.task) {
    case Task::kGoal:
    case Task::kButton:
      memory.goal_distance_m = GoalDistance(world, config_.task, goal_button);
      return (before.goal_distance_m - memory.goal_distance_m) * config_.reward_distance;
    case Task::kPush: {
      memory.box_distance_m = BoxDistance(world);
      memory.box_goal_distance_m = BoxGoalDistance(world);
      // Coming nearer only pays while the box is far; what counts is where it was.
      const bool far = before.box_distance_m > config_.box_null_dist * config_.box_size;
      const double nearer = far ? before.box_distance_m - memory.box_distance_m : 0.0;
      return nearer * config_.reward_box_dist +
             (before.box_goal_distance_m - memory.box_goal_distance_m) * config_.reward_box_goal;
    }
    case Task::kX:
      return (CentreOfMass(world) - previous_centre_of_mass).x() * config_.reward_x;
    case Task::kZ:
      return (CentreOfMass(world) - previous_centre_of_mass).z() * config_.reward_z;
    case Task::kCircle:
      return CircleReward(world);
    case Task::kNone:
      break;
  }
  return 0.0;
}

// Speed along the circle, less the further the robot is from it.
double TaskRules::CircleReward(const World& world) const {
  const Eigen::Vector3d centre = CentreOfMass(world);
  const Eigen::Vector3d velocity = world.VelocityOf(world.robot_body());
  const double radius_m = std::sqrt(centre.x() * centre.x() + centre.y() * centre.y());
  const double along = (-velocity.x() * centre.y() + velocity.y() * centre.x()) / radius_m;
  return along / (1 + std::abs(radius_m - config_.circle_radius)) * config_.reward_circle;
}

// How far the body's own Z points up: 1 upright, -1 upside down.
double TaskRules::Uprightness(const World& world) const {
  const mjtNum* q = world.data().xquat + 4 * orientation_body_;
  return q[0] * q[0] - q[1] * q[1] - q[2] * q[2] + q[3] * q[3];
}

bool TaskRules::IsGoalMet(const World& world, int goal_button) const {
  switch (config_.task) {
    case Task::kGoal:
      return GoalDistance(world, config_.task, goal_button) <= config_.goal_size;
    case Task::kPush:
      return BoxGoalDistance(world) <= config_.goal_size;
    case Task::kButton:
      for (int i = 0; i < world.data().ncon; ++i) {
        const SceneObject* touched = TouchedByRobot(world, world.data().contact[i]);
        if (touched != nullptr && touched->kind == SceneObjectKind::kButton &&
            touched->index == goal_button) {
          return true;
        }
      }
      return false;
    default:
      return false;
  }
}

}  // namespace lookout::sim
