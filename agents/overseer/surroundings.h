// What stands around a robot and where it will be, as circles on the floor. One owner and thread.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "sim/config/config.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {

class Surroundings {
 public:
  // Something that the robot can meet: it costs, or it is solid and would turn the robot aside.
  struct Thing {
    int object = 0;               // in scene().objects
    double reach_m = 0.0;         // nearer than this to the robot's centre it may be met
    bool costs = false;           // by itself; the goal button counts as if it did
    bool by_distance = false;     // what costs is the distance alone, to the digit
    bool may_be_touched = false;  // for nothing, at least at times: a wall, a box, a goal button
    bool moves = false;           // round a circle, as gremlins do
    bool is_loose = false;        // stands where it is until it is pushed
  };

  Surroundings(const sim::EnvironmentConfig& config, const sim::SafetyGym& gym);

  // Takes over where everything is now. Does not allocate after the first call.
  void See(const sim::SafetyGym& gym);

  const std::vector<Thing>& things() const { return things_; }
  // Of a thing's centre, after_s from now, metres, if nobody pushes it. Gremlins keep to their
  // circle within margin_m.
  Eigen::Vector2d PlaceOf(const Thing& thing, double after_s) const;

  // From the robot's centre, now, to where it may meet the thing: negative inside.
  double GapTo(const Thing& thing, const Eigen::Vector2d& robot_in_world) const {
    return (PlaceOf(thing, 0.0) - robot_in_world).norm() - thing.reach_m;
  }
  // Nearer than this to something solid, a robot may be pushed by it though it stands.
  static constexpr double kTouching_m = 0.02;
  bool MayPush(const Eigen::Vector2d& robot_in_world) const;

  // Gremlins swing on their springs by as much, metres.
  static constexpr double kSwing_m = 0.04;

  // From the robot's centre to where it may meet something that costs: negative inside. Large if
  // there is nothing.
  double ClearanceOf(const Eigen::Vector2d& robot_in_world, double after_s) const;

  // Whether something can cost without the robot's touching it, because another thing hits it.
  bool can_cost_by_itself() const { return can_cost_by_itself_; }
  static bool CanCostByItself(const sim::EnvironmentConfig& config);
  bool has_moving() const { return has_moving_; }

 private:
  std::vector<Thing> things_;
  double travel_m_;
  bool can_cost_by_itself_;
  bool has_moving_ = false;
  Eigen::Matrix3Xd places_in_world_;
  sim::SimState state_;  // for its time
};

}  // namespace lookout::agents
