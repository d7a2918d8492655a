// What each object around the robot contributes to a number that is made of an observation (a cost
// model's log-odds, an action, a value): how it changes when the object is taken out of what the
// robot senses. Pure functions; the world's thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "agents/inspect/explanations/explained_function.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {

struct ContributionSettings {
  // Objects that share the number by Shapley's rule, which takes 2 to that power evaluations; at
  // most kMostPlayers. The rest, those that matter least by themselves, stays in the world.
  int players = 10;
  static constexpr int kMostPlayers = 16;
  int pairs = 5;  // that are told
};

struct ObjectContribution {
  int object = 0;  // in scene().objects
  sim::SceneObjectKind kind = sim::SceneObjectKind::kHazard;
  int index = 0;             // hazard 3 -> 3
  double distance_m = 0.0;   // from the robot's centre, on the floor
  double bearing_rad = 0.0;  // from straight ahead, counter-clockwise, in (-pi, pi]
  // The number as it is minus that without it: 0 also where another object hides behind the same
  // maximum. Figures of probability are of log-odds alone, and 0 otherwise.
  double removal = 0.0;
  double removal_probability = 0.0;
  double alone = 0.0;  // with it alone, minus that with nothing
  // Its share of the number beyond that with nothing (Shapley 1953): its contribution to a
  // subset of the others, averaged over the orders in which all could have come.
  bool shares = false;
  double shapley = 0.0;
  double shapley_probability = 0.0;
};

// Two objects and what they do together.
struct PairContribution {
  int first = 0;  // in ObjectContributions::objects
  int second = 0;
  double removal = 0.0;  // the number minus that without both
  // That beyond the sum of their own contributions: positive where each hides the other's.
  double joint = 0.0;
};

struct ObjectContributions {
  double value = 0.0;  // as it is
  double probability = 0.0;
  // With nothing in place of what shares the number, which is all objects unless there are more
  // than settings.players: shares sum to the difference.
  double value_without = 0.0;
  double without_probability = 0.0;
  // Those that the observation shows, by size of share, then of contribution, the greatest first.
  std::vector<ObjectContribution> objects;
  std::vector<PairContribution> pairs;  // by size of what is joint, where it is anything
};

// world: in the moment that is explained; its spec fits the function. Rejects (kBadInput) worlds in
// which no object can be left out (sim::CheckObjectsCanBeLeftOut).
Result<ObjectContributions> ContributionsOf(const ExplainedFunction& function,
                                            const sim::SafetyGym& world,
                                            const ContributionSettings& settings = {},
                                            const KeepGoing& keep_going = {});

// The number minus that without it of every object of the scene, [objects]; 0 of the robot. The
// quick part of the above.
Result<Eigen::VectorXd> RemovalsOf(const ExplainedFunction& function, const sim::SafetyGym& world);

// What the robot would observe with nothing around it: the same sensors, no objects. [dim]
Eigen::VectorXf WithNothingAround(const sim::SafetyGym& world);

}  // namespace lookout::agents
