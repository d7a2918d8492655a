// The way round something in front of which an agent is stuck because its actions are not let pass.
// One owner and thread.
#pragma once

#include <Eigen/Core>
#include <optional>

#include "agents/overseer/surroundings.h"
#include "agents/policies/scripted/robot_drive.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {

// An agent that wants straight ahead through a hazard would stand before it for ever: what is most
// similar to its action and safe is to stand. Once it has hardly moved for a while although its
// actions were replaced, the robot is driven round the thing in question until the course on which
// it was stuck leads past it, then the agent has the wheel again.
class Detour {
 public:
  // None for robots that nobody knows how to steer with two numbers.
  static std::optional<Detour> For(const sim::EnvironmentConfig& config,
                                   const sim::EnvironmentSpec& spec);

  void BeginEpisode();
  // An action was let pass, or not because of a thing; see Surroundings::things().
  void NotePass();
  void NoteBlock(const sim::SafetyGym& gym, const Surroundings& now, int object);

  bool is_on() const { return thing_ >= 0; }
  int object() const { return object_; }
  // The next step was not let pass because of a thing: it is gone round as well.
  void NoteBlockOnTheWay(const Surroundings& now, int object);
  // The next step of it; ends it where it is at its end. action: [action_dim], overwritten.
  void Drive(const sim::SafetyGym& gym, const Surroundings& now, Eigen::VectorXd& action);

 private:
  explicit Detour(const RobotDrive& drive) : drive_(drive) {}

  bool IsPast(const Eigen::Vector2d& place, const Surroundings& now) const;
  void End();

  RobotDrive drive_;
  DriveMemory memory_;
  int blocks_ = 0;
  int thing_ = -1;  // -1: it is off
  int object_ = -1;
  int steps_ = 0;
  int blocked_steps_ = 0;
  int tries_ = 0;      // in a row
  double side_ = 1.0;  // 1: it is kept on the right, -1: on the left
  Eigen::Vector2d course_{1.0, 0.0};
  Eigen::Vector2d stuck_at_{0.0, 0.0};
};

}  // namespace lookout::agents
