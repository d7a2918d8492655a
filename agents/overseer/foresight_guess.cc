// Foresight among circles: what a guess says, and where a robot that coasts will stand.
#include <algorithm>
#include <limits>

#include "agents/overseer/foresight.h"
#include "agents/overseer/robot_on_floor.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

constexpr double kRest_mps = 0.01;
// Slower than this, and turning no more, all that a robot still does is coast.
constexpr double kCoasting_mps = 0.1;
constexpr int kStepsToStopTurning = 5;
constexpr double kLastDigits_m = 0.002;  // by as much a guess may be off
constexpr double kGain_m = 0.0005;

}  // namespace

// How far from a thing the robot has to end. Nearer than the margin it may stay only where it gets
// away a little: else what is kept would be used up, a digit in every step.
double Foresight::NeededAtEnd(const Surroundings::Thing& thing) const {
  const double now_m = now_.GapTo(thing, start_);
  return thing.reach_m + std::min(settings_.margin_m, std::max(now_m + kGain_m, kLastDigits_m));
}

// Whether the robot is so near something solid that its way may be another than it would be alone,
// or has to be so near it: only a simulation tells.
bool Foresight::IsUnsureNear(const Surroundings::Thing& thing) const {
  if (thing.by_distance) return false;
  return thing.may_be_touched || now_.GapTo(thing, start_) < Surroundings::kTouching_m;
}

// Of hazards, whose cost begins at a distance, the answer is as good as the simulation; what is
// solid is kept off by its outline.
bool Foresight::MeetsSomething(const Eigen::Vector2d& robot, double after_s, Moment moment,
                               Outlook& outlook) const {
  bool meets = false;
  for (const Surroundings::Thing& thing : now_.things()) {
    const double swing_m = thing.moves ? Surroundings::kSwing_m : 0.0;
    const double needed_m =
        swing_m + (moment == Moment::kEnd ? NeededAtEnd(thing) : thing.reach_m + kLastDigits_m);
    if ((now_.PlaceOf(thing, after_s) - robot).squaredNorm() >= needed_m * needed_m) continue;
    outlook.is_unsure = outlook.is_unsure || IsUnsureNear(thing);
    if (!meets && outlook.steps_to_cost == 0) outlook.object = thing.object;
    meets = true;
  }
  return meets;
}

Outlook Foresight::Guess(const Eigen::VectorXd& action, int hold, bool to_the_end) {
  Outlook outlook;
  const Status followed = bare_->FollowRobot(*gym_);
  LOOKOUT_CHECK(followed.ok(), "the bare world has the same robot");
  const double dt_s = step_duration_s();
  const int last_step = horizon_steps_ + hold;
  for (int step = 1; step <= last_step; ++step) {
    if (step > hold) fallback_.Brake(*bare_, action_);
    bare_->StepUnobserved(step > hold ? action_ : action);
    ++bare_steps_;
    const Eigen::Vector2d robot = PlaceOfRobot(*bare_);
    const bool meets = MeetsSomething(robot, dt_s * step, Moment::kOnTheWay, outlook);
    if (meets) outlook.NoteCost(step, outlook.object);
    if (meets && !to_the_end) return outlook;
    if (step < hold) continue;
    if (!meets && reach_.IsClear(*bare_, now_, dt_s * step)) break;
    if (step < last_step && !OnlyCoasts(*bare_, step - hold)) continue;
    if (CoastsInto(*bare_, dt_s * step, outlook)) outlook.NoteNearEnd(step, outlook.object);
    GuessTheRest(robot, step, to_the_end, outlook);
    break;
  }
  outlook.clearance_m = now_.ClearanceOf(PlaceOfRobot(*bare_), dt_s * last_step);
  outlook.rest_gap_m = RestGap(now_, *bare_) - kLastDigits_m;
  return outlook;
}

bool Foresight::OnlyCoasts(const sim::SafetyGym& gym, int braked_steps) const {
  const double most_mps = now_.has_moving() ? kRest_mps : kCoasting_mps;
  return braked_steps >= kStepsToStopTurning && VelocityOfRobot(gym).norm() < most_mps;
}

// Whether a robot that coasts to rest, straight on, ends at something.
bool Foresight::CoastsInto(const sim::SafetyGym& gym, double after_s, Outlook& outlook) const {
  const Eigen::Vector2d robot = PlaceOfRobot(gym);
  const Eigen::Vector2d way = fallback_.robot().braking.coast_s * VelocityOfRobot(gym);
  return MeetsSomething(robot + 0.5 * way, after_s, Moment::kOnTheWay, outlook) ||
         MeetsSomething(robot + way, after_s, Moment::kEnd, outlook);
}

// A robot that stands, while gremlins go on, until the horizon.
void Foresight::GuessTheRest(const Eigen::Vector2d& robot, int step, bool to_the_end,
                             Outlook& outlook) const {
  if (!now_.has_moving() && outlook.cost_steps == 0) return;
  for (int later = step + 1; later <= horizon_steps_; ++later) {
    if (!MeetsSomething(robot, step_duration_s() * later, Moment::kOnTheWay, outlook)) continue;
    outlook.NoteCost(later, outlook.object);
    if (!to_the_end) return;
  }
}

// A robot that still slides sideways will coast on; one that is pressed against something may have
// a speed away from where it is pushed to.
double Foresight::GapAtRest(const Surroundings& around, const Surroundings::Thing& thing,
                            const sim::SafetyGym& gym) const {
  const Eigen::Vector2d robot = PlaceOfRobot(gym);
  const Eigen::Vector2d end = robot + fallback_.robot().braking.coast_s * VelocityOfRobot(gym);
  return std::min(around.GapTo(thing, robot), around.GapTo(thing, end));
}

double Foresight::RestGap(const Surroundings& around, const sim::SafetyGym& gym) const {
  double gap_m = std::numeric_limits<double>::infinity();
  for (const Surroundings::Thing& thing : around.things()) {
    if (thing.by_distance) gap_m = std::min(gap_m, GapAtRest(around, thing, gym));
  }
  return gap_m;
}

}  // namespace lookout::agents
