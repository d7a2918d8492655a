// Where the task sends a scripted agent next: to the goal or its button, behind the box and against
// it, along x, round the circle. A value; const use from any thread.
#pragma once

#include <Eigen/Core>
#include <optional>

#include "agents/policies/senses.h"
#include "sim/config.h"

namespace lookout::agents {

// What an errand remembers of an episode: which way the box has to go, while its goal is too far
// away to be seen.
struct ErrandMemory {
  std::optional<double> push_in_world_rad;
  double goal_last_seen_m = 0.0;
};

class Errand {
 public:
  // Refuses (kBadInput) a task whose whereabouts the observation does not show, naming what is
  // missing. body_m: from the robot's centre to its outside.
  static Result<Errand> For(const sim::EnvironmentConfig& config, const Senses& senses,
                            double body_m);

  struct Leg {
    Sighting to;
    bool round_the_box = false;  // the box stands between and is not to be touched
  };
  // None: what the task is about is out of sight.
  std::optional<Leg> Next(const Senses& senses, const Eigen::VectorXd& observation,
                          ErrandMemory& memory) const;

 private:
  Errand(const sim::EnvironmentConfig& config, double body_m)
      : task_(config.task),
        circle_radius_m_(config.circle_radius),
        box_half_m_(config.box_size),
        body_m_(body_m) {}

  std::optional<Leg> Push(const Senses& senses, const Eigen::VectorXd& observation,
                          ErrandMemory& memory) const;
  std::optional<Leg> Circle(const Senses& senses, const Eigen::VectorXd& observation) const;

  sim::Task task_;
  double circle_radius_m_;
  double box_half_m_;
  double body_m_;
};

}  // namespace lookout::agents
