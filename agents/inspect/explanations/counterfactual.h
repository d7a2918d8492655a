// The smallest move of the robot that would turn a cost model's verdict round: to safe, or to
// unsafe. The world's thread.
#pragma once

#include <cstdint>

#include "agents/feedback/models/unsafe_threshold.h"
#include "agents/inspect/explanations/explained_model.h"
#include "agents/inspect/explanations/robot_pose.h"
#include "sim/engine/what_if.h"

namespace lookout::agents {

// Which moves are tried.
enum class CounterfactualMoves : std::uint8_t {
  kAny,    // shifted and turned at once
  kShift,  // the heading is kept
  kTurn,   // on the spot, up to half a turn
};

struct CounterfactualSettings {
  double unsafe_from = kUnsafeFrom;  // probability, in (0, 1)
  double most_m = 1.0;               // size of the largest move that is tried, but for a turn alone
  double shell_m = 0.05;             // between the sizes at which directions are tried, > 0
  double tolerance_m = 1e-3;         // of the size, > 0
  double metres_per_rad = 0.25;      // what a turn counts, > 0
  int bearings = 16;                 // directions of a shift that are tried, at least 4
};

struct Counterfactual {
  bool was_unsafe = false;  // before the move
  bool found = false;
  double searched_m = 0.0;  // size up to which moves were tried
  // If found. The size of a move is sqrt(shift^2 + (metres_per_rad turn)^2), metres.
  double size_m = 0.0;
  double not_yet_m = 0.0;  // of the same direction, at which the verdict is still as it was; less
                           // than size_m by no more than the tolerance
  double shift_m = 0.0;
  sim::RobotMove move;
  RobotPose pose;  // there
  double log_odds = 0.0;
  double probability = 0.0;
};

// Shells of growing size, on each some directions, each by the simulator's own sensors in the
// world as it is: what moves by itself stands still, the robot's motion turns along. In the first
// shell with another verdict, bisection, then turning the direction where that makes the move
// smaller still. A smaller one between the directions that were tried cannot be ruled out, and
// nothing says that the robot could get there, or has room. world: in the moment that is explained,
// and again afterwards.
Result<Counterfactual> CounterfactualOf(const ExplainedModel& model, sim::SafetyGym& world,
                                        CounterfactualMoves moves,
                                        const CounterfactualSettings& settings = {},
                                        const KeepGoing& keep_going = {});

}  // namespace lookout::agents
