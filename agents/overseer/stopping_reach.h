// Where braking can take a robot at most, without simulating it, and whether anything stands there.
// It errs on one side only: what it calls clear is clear. A value; const use from any thread.
#pragma once

#include <string>

#include "agents/overseer/fallback.h"
#include "agents/overseer/surroundings.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {

// The way to rest fits into a rectangle along the robot's axes: ahead it slows by the brake and by
// its damping, sideways by its damping alone. RobotBraking has the figures and how far off it may
// be. Whatever reaches into that rectangle makes the way unclear; gremlins reach as far as they can
// get meanwhile. tests/agents/overseer/stopping_reach_test.cc holds it against the simulation. It
// does not know of things that slide after a push: where such a motion can cost by itself (a box
// among vases), nothing is ever called clear, nor for a robot without figures.
class StoppingReach {
 public:
  StoppingReach(const sim::EnvironmentConfig& config, const sim::EnvironmentSpec& spec,
                const Fallback& fallback);

  // Why it calls nothing clear in such worlds, so that everything has to be simulated, in words:
  // "how Doggo comes to rest is not known beforehand"; empty: it can tell.
  static std::string WhyItCannotTell(const sim::EnvironmentConfig& config);

  // Whether the fallback brings the robot to rest without meeting anything, from now on.
  bool IsClear(const sim::SafetyGym& gym, const Surroundings& now, double after_s = 0.0) const;
  // The same if first any action at all is done for one step.
  bool IsClearAfterAnyAction(const sim::SafetyGym& gym, const Surroundings& now) const;

 private:
  bool IsClearFor(const sim::SafetyGym& gym, const Surroundings& now, double after_s,
                  double margin_m) const;
  double StopsWithin(double speed_mps) const;

  const sim::Robot* robot_;
  double step_duration_s_;
  double drift_m_;  // of what moves, until the robot stands
};

}  // namespace lookout::agents
