#include "agents/overseer/foresight.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "agents/overseer/bare_world.h"
#include "agents/overseer/robot_on_floor.h"
#include "sim/base/check.h"
#include "sim/objects/object_kinds.h"

namespace lookout::agents {
namespace {

constexpr double kStanding_mps = 0.001;
constexpr double kFarOff_m = 0.6;  // a robot on its way to rest seldom comes as far

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

Outlook Foresight::Judge(const Eigen::VectorXd& action, int hold, bool to_the_end) {
  if (!can_guess()) return Look(action, hold, to_the_end);
  const Outlook guess = Guess(action, hold, to_the_end);
  return guess.is_unsure ? Look(action, hold, to_the_end) : guess;
}

bool Foresight::IsSqueezed() const {
  return clearance_m() < settings_.margin_m && now_.MayPush(start_);
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
    const double speed_mps = VelocityOfRobot(*twin_).norm();
    if (speed_mps < kStanding_mps || !CoastsInto(*twin_, 0.0, coasting)) break;
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

void Foresight::CheckTheEnd(int step, bool done, Outlook& outlook) const {
  outlook.clearance_m = ahead_.ClearanceOf(PlaceOfRobot(*twin_), 0.0);
  outlook.rest_gap_m = RestGap(ahead_, *twin_);
  if (done || settings_.cost == LookAheadCost::kLearned || !outlook.is_free) return;
  for (const Surroundings::Thing& thing : ahead_.things()) {
    if (!thing.by_distance) continue;
    if (GapAtRest(ahead_, thing, *twin_) >= NeededAtEnd(thing) - thing.reach_m) continue;
    return outlook.NoteNearEnd(step, thing.object);
  }
}

}  // namespace lookout::agents
