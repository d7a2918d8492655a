// What the program knows of each robot: one descriptor per robot, each in a file of its own
// (point.cc, ...), and the list of them. Bodies, joints, sensors, camera and the height at which a
// robot stands are in assets/robots/<name>.xml. Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "sim/base/choices.h"

// X(enumerator without its k, name in files): one line per robot; all tables are made from it.
#define LOOKOUT_ROBOTS(X) \
  X(Point, point)         \
  X(Car, car)             \
  X(Doggo, doggo)

namespace lookout::sim {

#define LOOKOUT_ENUMERATOR(id, name) k##id,
enum class RobotKind : std::uint8_t { LOOKOUT_ROBOTS(LOOKOUT_ENUMERATOR) };
#undef LOOKOUT_ENUMERATOR

// As the option robot_base has them: "xmls/point.xml".
std::span<const Choice<RobotKind>> Choices(RobotKind kind);

// What the components of an action mean, by which "forward" and "turn" are made into one.
enum class Drive : std::uint8_t {
  kNone,          // nobody knows how to steer it; only the random and trained agents do
  kForceAndTurn,  // along its own x, and to the left
  kTwoWheels,     // left and right; more of the left one turns it to the left
  kGait,          // torques of twelve joints: agents/policies/scripted/doggo_gait.h
};

// How scripts steer it to a course.
struct RobotHandling {
  double body_m = 0.1;          // from its centre to its outside
  double turn_gain = 1.0;       // turn command per radian off course
  double full_speed_rad = 0.3;  // off course by less: full force
  double no_speed_rad = 0.8;    // by more: turn on the spot
  double sideways_gain = 0.0;   // radians of lead against each m/s of sideways drift
  double top_speed_mps = 10.0;  // beyond which it is not driven on
  double mean_over_s = 0.01;    // legs swing the body to and fro: speed is judged by its mean
  double stuck_mps = 0.1;       // slower than this for stuck_after_s is stuck
  double stuck_after_s = 1.0;
  double back_off_s = 0.5;
};

// How it is brought to rest and how far it gets meanwhile; tests/agents/overseer measures it.
struct RobotBraking {
  std::array<double, 2> full_action{1, 1};  // of a drive's components, beyond which they do no more
  double throttle_per_mps = 0.0;  // of the first component, against its forward speed; 0: no action
  double deceleration_mps2 = 0.0;  // that this gives along its forward axis, besides
  double coast_s = 0.5;            // the time constant with which speed decays by itself
  int rest_after_steps = 100;      // it stands by then, or nearly
  double outer_m = 0.2;            // nothing of it is farther from its centre, seen from above
  // How far it may be off the way that those figures give, at rest and more per m/s; negative: they
  // give none.
  double astray_m = -1.0;
  double astray_s = 0.0;
  double any_step_m = 0.0;  // the same if a step of any action at all comes first
  double any_step_s = 0.0;
};

struct Robot {
  std::string_view name;                        // for people: "Point"
  int action_dim = 0;                           // motors; every component is in [-1, 1]
  Drive drive = Drive::kNone;                   // what the components mean
  double full_action = 1.0;                     // beyond which a wheel gives no more torque
  std::array<double, 2> forward_in_body{1, 0};  // where it goes at forward = 1; unit length
  RobotHandling handling = {};                  // of account unless its drive is kNone
  RobotBraking braking = {};
  std::int64_t published_steps = 10'000'000;   // of a training run in the 2019 benchmark
  int published_steps_per_iteration = 30'000;  // likewise
};

// One of each, in a file of its own: kPointRobot in point.cc.
#define LOOKOUT_DECLARE(id, name) extern const Robot k##id##Robot;
LOOKOUT_ROBOTS(LOOKOUT_DECLARE)
#undef LOOKOUT_DECLARE

const Robot& DescriptorOf(RobotKind kind);

// "point": the name of its file in assets/robots.
std::string_view RobotName(RobotKind kind);

std::span<const RobotKind> AllRobots();

}  // namespace lookout::sim
