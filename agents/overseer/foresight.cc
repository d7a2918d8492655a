#include "agents/overseer/foresight.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "agents/overseer/bare_world.h"
#include "sim/base/check.h"
#include "sim/objects/object_kinds.h"

namespace lookout::agents {
namespace {

constexpr double kRest_mps = 0.01;
// Slower than this, and turning no more, all that a robot still does is coast.
constexpr double kCoasting_mps = 0.1;
constexpr int kStepsToStopTurning = 5;
constexpr double kLastDigits_m = 0.002;  // by as much a guess may be off
constexpr double kGain_m = 0.0005;
constexpr double kFarOff_m = 0.6;  // a robot on its way to rest seldom comes as far

double SpeedOf(const sim::SafetyGym& gym) { return gym.robot_velocity_in_world().head<2>().norm(); }

Eigen::Vector2d PlaceOfRobot(const sim::SafetyGym& gym) {
  return gym.robot_position_in_world().head<2>();
}

bool NeedsModel(const LookAheadSettings& settings) { return settings.cost != LookAheadCost::kRule; }

// For a picture that only a cost model would look at there is no need.
sim::EnvironmentConfig TwinConfig(sim::EnvironmentConfig config, bool observes) {
  if (!observes) config.observe_vision = false;
  return config;
}

}  // namespace

Result<Foresight> Foresight::Create(const sim::EnvironmentConfig& config,
                                    const LookAheadSettings& settings, CostModelPtr learned) {
  if (NeedsModel(settings) && learned == nullptr) {
    return BadInput(
        "A look-ahead of the learned cost needs a cost model; name one, or choose cost=rule.");
  }
  auto twin = sim::SafetyGym::Create(TwinConfig(config, NeedsModel(settings)));
  if (!twin) return twin.error();
  const auto fallback = Fallback::Create(config, (*twin)->spec());
  if (!fallback) return fallback.error();
  if (NeedsModel(settings)) {
    if (Status status = learned->CheckFits((*twin)->spec()); !status) return status.error();
  } else {
    learned = nullptr;
  }
  Foresight foresight(config, settings, *fallback, std::move(*twin), std::move(learned));
  if (!NeedsModel(settings) && CanBeGuessed(config)) {
    auto bare = MakeBareWorld(config);
    if (!bare) return bare.error();
    foresight.bare_ = std::move(*bare);
  }
  return foresight;
}

Foresight::Foresight(const sim::EnvironmentConfig& config, const LookAheadSettings& settings,
                     const Fallback& fallback, std::unique_ptr<sim::SafetyGym> twin,
                     CostModelPtr learned)
    : settings_(settings),
      fallback_(fallback),
      horizon_steps_(settings.horizon_steps > 0 ? settings.horizon_steps
                                                : fallback.rest_after_steps()),
      twin_(std::move(twin)),
      now_(config, *twin_),
      ahead_(config, *twin_),
      reach_(config, twin_->spec(), fallback) {
  if (learned == nullptr) return;
  danger_.emplace(learned);
  danger_ahead_.emplace(learned);
}

void Foresight::See(const sim::SafetyGym& gym) {
  SeeWorld(gym);
  if (!danger_) return;
  if (has_past_) {
    danger_->Step(last_action_, gym.observation());
  } else {
    danger_->Begin(gym.observation());
  }
}

void Foresight::Peek(const sim::SafetyGym& gym) {
  SeeWorld(gym);
  if (danger_ && !has_past_) danger_->Begin(gym.observation());
}

void Foresight::SeeWorld(const sim::SafetyGym& gym) {
  gym_ = &gym;
  now_.See(gym);
  start_ = PlaceOfRobot(gym);
  holds_ = false;
  if (danger_ || now_.can_cost_by_itself()) return;
  held_.assign(scene().objects.size(), 0);
  for (const Surroundings::Thing& thing : now_.things()) {
    if (!thing.is_loose || now_.GapTo(thing, start_) < kFarOff_m) continue;
    held_[static_cast<std::size_t>(thing.object)] = 1;
    holds_ = true;
  }
}

void Foresight::Remember(const Eigen::VectorXd& action) {
  last_action_ = action;
  has_past_ = true;
}

bool Foresight::IsPlainlyClear() const {
  return !danger_ && reach_.IsClearAfterAnyAction(*gym_, now_);
}

Outlook Foresight::Judge(const Eigen::VectorXd& action, int hold) {
  if (!can_guess()) return Look(action, hold);
  const Outlook guess = Guess(action, hold);
  return guess.is_unsure ? Look(action, hold) : guess;
}

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
  return outlook;
}

bool Foresight::OnlyCoasts(const sim::SafetyGym& gym, int braked_steps) const {
  const double most_mps = now_.has_moving() ? kRest_mps : kCoasting_mps;
  return braked_steps >= kStepsToStopTurning && SpeedOf(gym) < most_mps;
}

bool Foresight::IsSqueezed() const {
  return clearance_m() < settings_.margin_m && now_.MayPush(start_);
}

// Whether a robot that coasts to rest, straight on, ends at something.
bool Foresight::CoastsInto(const sim::SafetyGym& gym, double after_s, Outlook& outlook) const {
  const Eigen::Vector2d robot = PlaceOfRobot(gym);
  const Eigen::Vector2d way =
      fallback_.robot().braking.coast_s * gym.robot_velocity_in_world().head<2>();
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

Outlook Foresight::Look(const Eigen::VectorXd& action, int hold, bool to_the_end) {
  std::optional<Outlook> outlook;
  if (holds_) outlook = Simulate(action, hold, to_the_end, held_);
  return outlook ? *outlook : *Simulate(action, hold, to_the_end, {});
}

bool Foresight::ComesNearHeld(const Eigen::Vector2d& robot) const {
  return std::ranges::any_of(now_.things(), [&](const Surroundings::Thing& thing) {
    return held_[static_cast<std::size_t>(thing.object)] != 0 &&
           now_.GapTo(thing, robot) < Surroundings::kTouching_m;
  });
}

std::optional<Outlook> Foresight::Simulate(const Eigen::VectorXd& action, int hold, bool to_the_end,
                                           std::span<const std::uint8_t> held) {
  Outlook outlook;
  const Status followed = twin_->FollowHolding(*gym_, held);
  LOOKOUT_CHECK(followed.ok(), "the twin was made of the same configuration");
  if (danger_) danger_ahead_->Follow(*danger_);
  const int last_step = horizon_steps_ + hold;
  int step = 1;
  bool done = false;
  for (; step <= last_step; ++step) {
    if (step > hold) fallback_.Brake(*twin_, action_);
    const Eigen::VectorXd& next = step > hold ? action_ : action;
    const sim::StepResult result = danger_ ? twin_->Step(next) : twin_->StepUnobserved(next);
    ++twin_steps_;
    ahead_.See(*twin_);
    if (!held.empty() && ComesNearHeld(PlaceOfRobot(*twin_))) return std::nullopt;
    const bool costs = Costs(next, result, outlook);
    if (costs) outlook.NoteCost(step, ObjectOf(result.costs));
    done = sim::IsDone(result.status);
    if (done || (costs && !to_the_end)) break;
    if (costs || step < hold) continue;
    if (!danger_ && reach_.IsClear(*twin_, ahead_)) return outlook;
    if (now_.has_moving() || danger_ || !OnlyCoasts(*twin_, step - hold)) continue;
    if (ahead_.MayPush(PlaceOfRobot(*twin_))) continue;
    Outlook coasting;
    if (SpeedOf(*twin_) < kRest_mps || !CoastsInto(*twin_, 0.0, coasting)) break;
  }
  CheckTheEnd(std::min(step, last_step), done, outlook);
  return outlook;
}

bool Foresight::Costs(const Eigen::VectorXd& action, const sim::StepResult& result,
                      Outlook& outlook) {
  const bool by_rule = settings_.cost != LookAheadCost::kLearned && result.costs.total > 0.0;
  if (!danger_) return by_rule;
  const double probability = danger_ahead_->Step(action, twin_->observation());
  const bool learned = probability > settings_.threshold;
  if (learned && !by_rule && outlook.steps_to_cost == 0) outlook.probability = probability;
  return by_rule || learned;
}

// The nearest thing of the kind that was charged for.
int Foresight::ObjectOf(const sim::Costs& costs) const {
  const Eigen::Vector2d robot = PlaceOfRobot(*twin_);
  int nearest = -1;
  double nearest_m = std::numeric_limits<double>::infinity();
  for (const sim::CostKind kind : twin_->spec().cost_kinds) {
    if (costs[kind] == 0.0) continue;
    for (const Surroundings::Thing& thing : ahead_.things()) {
      if (scene().objects[static_cast<std::size_t>(thing.object)].kind != sim::SourceOf(kind)) {
        continue;
      }
      const double distance_m = (ahead_.PlaceOf(thing, 0.0) - robot).norm();
      if (distance_m >= nearest_m) continue;
      nearest_m = distance_m;
      nearest = thing.object;
    }
  }
  return nearest;
}

// A robot that still slides sideways will coast on; one that is pressed against something may have
// a speed away from where it is pushed to.
void Foresight::CheckTheEnd(int step, bool done, Outlook& outlook) const {
  const Eigen::Vector2d robot = PlaceOfRobot(*twin_);
  outlook.clearance_m = ahead_.ClearanceOf(robot, 0.0);
  if (done || settings_.cost == LookAheadCost::kLearned || !outlook.is_free) return;
  const Eigen::Vector2d end =
      robot + fallback_.robot().braking.coast_s * twin_->robot_velocity_in_world().head<2>();
  for (const Surroundings::Thing& thing : ahead_.things()) {
    if (!thing.by_distance) continue;
    const Eigen::Vector2d place = ahead_.PlaceOf(thing, 0.0);
    if (std::min((place - robot).norm(), (place - end).norm()) >= NeededAtEnd(thing)) continue;
    return outlook.NoteNearEnd(step, thing.object);
  }
}

}  // namespace lookout::agents
