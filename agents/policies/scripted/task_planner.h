// Where the task sends a scripted agent next: to the goal or its button, behind the box and against
// it, along x, round the circle. A value; const use from any thread.
#pragma once

#include <Eigen/Core>
#include <optional>

#include "agents/policies/scripted/perception.h"
#include "sim/config/config.h"

namespace lookout::agents {

// What an planner remembers of an episode: which way the box has to go, while its goal is too far
// away to be seen.
struct TaskPlannerMemory {
  std::optional<double> push_in_world_rad;
  double goal_last_seen_m = 0.0;
};

class TaskPlanner {
 public:
  // Rejects (kBadInput) a task whose whereabouts the observation does not show, naming what is
  // missing. body_m: from the robot's centre to its outside.
  static Result<TaskPlanner> For(const sim::EnvironmentConfig& config, const Perception& perception,
                                 double body_m);

  struct Leg {
    Sighting to;
    bool round_the_box = false;  // the box stands between and is not to be touched
  };
  // None: what the task is about is out of sight.
  std::optional<Leg> Next(const Perception& perception, const Eigen::VectorXd& observation,
                          TaskPlannerMemory& memory) const;

 private:
  TaskPlanner(const sim::EnvironmentConfig& config, double body_m)
      : task_(config.task),
        circle_radius_m_(config.circle_radius),
        box_half_m_(config.box_size),
        body_m_(body_m) {}

  std::optional<Leg> Push(const Perception& perception, const Eigen::VectorXd& observation,
                          TaskPlannerMemory& memory) const;
  std::optional<Leg> Circle(const Perception& perception, const Eigen::VectorXd& observation) const;

  sim::Task task_;
  double circle_radius_m_;
  double box_half_m_;
  double body_m_;
};

}  // namespace lookout::agents
