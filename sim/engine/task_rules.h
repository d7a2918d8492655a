// What the task rewards and when its goal is met. One thread; no allocation.
#pragma once

#include <Eigen/Core>

#include "sim/base/result.h"
#include "sim/config/config.h"
#include "sim/engine/observer.h"
#include "sim/engine/world.h"

namespace lookout::sim {

// What the dense reward compares the present with.
struct TaskMemory {
  double goal_distance_m = 0.0;
  double box_distance_m = 0.0;
  double box_goal_distance_m = 0.0;
};

class TaskRules {
 public:
  // Rejects (kBadInput) a task that cannot be played in this world, naming the option.
  static Result<TaskRules> Create(const EnvironmentConfig& config, const World& world);

  // The memory of a state in which a goal has just been placed.
  TaskMemory Remember(const World& world, int goal_button) const;

  // Before the physics moves on: where the robot's centre of mass is.
  Eigen::Vector3d CentreOfMass(const World& world) const;

  // The reward of a step without the goal's own, clipped; updates the memory. The world's forward
  // pass must be current.
  double DenseReward(const World& world, int goal_button,
                     const Eigen::Vector3d& previous_centre_of_mass, TaskMemory& memory) const;

  bool IsGoalMet(const World& world, int goal_button) const;

 private:
  explicit TaskRules(const EnvironmentConfig& config) : config_(config) {}

  double TaskReward(const World& world, int goal_button,
                    const Eigen::Vector3d& previous_centre_of_mass, TaskMemory& memory) const;
  double CircleReward(const World& world) const;
  double Uprightness(const World& world) const;

  EnvironmentConfig config_;
  int orientation_body_ = 0;
};

}  // namespace lookout::sim
