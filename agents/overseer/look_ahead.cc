#include "agents/overseer/look_ahead.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "sim/base/check.h"
#include "sim/objects/object_kinds.h"

namespace lookout::agents {
namespace {

constexpr int kMostSimulated = 4;  // candidates for which a guess is not enough
constexpr double kSwerve_mps = 0.4;
constexpr int kSwerveSteps[] = {6, 12, 20};
constexpr int kEscapeSteps = 15;     // for which an escape is driven
constexpr double kEscape_m = 0.002;  // by as much it has to lead away
constexpr double kEscapes[][2] = {{1, 0},  {-1, 0},  {1, 1}, {1, -1},
                                  {-1, 1}, {-1, -1}, {0, 1}, {0, -1}};
constexpr int kWayOutSteps = 25;     // for which a way out is driven
constexpr int kWayOutSimulated = 9;  // ways out where each has to be simulated in full

const sim::SafetyGym& GymOf(const ActionContext& context) {
  const auto* gym = dynamic_cast<const sim::SafetyGym*>(&context.environment);
  LOOKOUT_CHECK(gym != nullptr, "a look-ahead needs the simulator itself");
  return *gym;
}

bool IsBetterWayOut(const Outlook& a, const Outlook& b) {
  return std::tuple(a.cost_steps, !a.is_free, -a.clearance_m) <
         std::tuple(b.cost_steps, !b.is_free, -b.clearance_m);
}

}  // namespace

template <typename... Parts>
void LookAhead::Append(fmt::format_string<const Parts&...> form, const Parts&... parts) {
  const std::size_t left = reason_.size() - reason_size_;
  const auto written = fmt::format_to_n(reason_.data() + reason_size_, left, form, parts...);
  reason_size_ += std::min(written.size, left);
}

Result<std::unique_ptr<LookAhead>> LookAhead::Create(const sim::EnvironmentConfig& config,
                                                     const LookAheadSettings& settings,
                                                     CostModelPtr learned) {
  if (Status status = CheckRanges(settings, "lookahead: "); !status) return status.error();
  Result<Foresight> foresight = Foresight::Create(config, settings, std::move(learned));
  if (!foresight) return foresight.error();
  std::optional<Detour> detour;
  if (settings.detours) detour = Detour::For(config, foresight->spec());
  return std::unique_ptr<LookAhead>(
      new LookAhead(settings, std::move(*foresight), std::move(detour)));
}

Result<std::unique_ptr<ActionFilter>> MakeLookAhead(const sim::EnvironmentConfig& config,
                                                    const LookAheadSettings& settings,
                                                    CostModelPtr learned) {
  auto look_ahead = LookAhead::Create(config, settings, std::move(learned));
  if (!look_ahead) return look_ahead.error();
  return std::unique_ptr<ActionFilter>(std::move(*look_ahead));
}

LookAhead::LookAhead(const LookAheadSettings& settings, Foresight foresight,
                     std::optional<Detour> detour)
    : foresight_(std::move(foresight)),
      candidates_(foresight_.fallback().robot(), settings),
      detour_(std::move(detour)) {
  plan_.setZero(foresight_.fallback().robot().action_dim);
  round_ = plan_;
  swerve_ = plan_;
  escape_ = plan_;
  instead_ = plan_;
}

void LookAhead::BeginEpisode() {
  foresight_.Begin();
  has_plan_ = false;
  if (detour_) detour_->BeginEpisode();
}

LookAheadCounts LookAhead::counts() const {
  LookAheadCounts counts = counts_;
  counts.twin_steps = foresight_.twin_steps();
  counts.bare_steps = foresight_.bare_steps();
  return counts;
}

Decision LookAhead::Review(const ActionContext& context, const Eigen::VectorXd& proposed) {
  ++counts_.reviews;
  const sim::SafetyGym& gym = GymOf(context);
  foresight_.See(gym);
  if (detour_ && detour_->is_on()) return GoRound();
  const bool clear = foresight_.IsPlainlyClear();
  if (clear) ++counts_.plainly_clear;
  const Outlook outlook = clear ? Outlook{} : foresight_.Judge(proposed);
  if (outlook.is_free) {
    foresight_.Remember(proposed);
    Plan(proposed, 0);
    if (detour_) detour_->NotePass();
    return Decision::Pass();
  }
  WriteReason(outlook);
  if (detour_) detour_->NoteBlock(gym, foresight_.surroundings(), outlook.object, proposed);
  return Replace(FindInstead(proposed));
}

// What leads round is reviewed like an agent's action.
Decision LookAhead::GoRound() {
  ++counts_.detour;
  const int object = detour_->object();
  detour_->Drive(foresight_.gym(), foresight_.surroundings(), round_);
  WriteObject("the way leads round", object, "");
  const Outlook outlook = foresight_.IsPlainlyClear() ? Outlook{} : foresight_.Judge(round_);
  if (!outlook.is_free) {
    detour_->NoteBlockOnTheWay(foresight_.surroundings(), outlook.object);
    return Replace(FindInstead(round_));
  }
  Plan(round_, 0);
  return Replace(round_);
}

Decision LookAhead::Replace(const Eigen::VectorXd& action) {
  ++counts_.replaced;
  instead_ = action;
  foresight_.Remember(instead_);
  return Decision::Replace(instead_, sim::ActionSource::kOverseer, {reason_.data(), reason_size_});
}

bool LookAhead::IsSafe(const sim::SafetyGym& gym, const Eigen::VectorXd& proposed) {
  foresight_.Peek(gym);
  return foresight_.IsPlainlyClear() || foresight_.Judge(proposed).is_free;
}

// After it is done, `action` is found free for so many steps more, then the fallback.
void LookAhead::Plan(const Eigen::VectorXd& action, int more_steps) {
  has_plan_ = true;
  plan_ = action;
  plan_steps_ = more_steps;
}

const Eigen::VectorXd& LookAhead::FindInstead(const Eigen::VectorXd& proposed) {
  if (has_plan_ && plan_steps_ > 0 && NextOfPlan()) return plan_;
  if (FindSwerve(proposed)) return plan_;
  if (const Eigen::VectorXd* free = FindFree(proposed); free != nullptr) {
    Plan(*free, 0);
    return *free;
  }
  if (foresight_.IsSqueezed() && FindEscape()) return plan_;
  if (NextOfPlan() || FindEscape()) return plan_;
  return FindWayOut();
}

// At speed: to go on with as much throttle, but turn hard for a while. Thrust across the way keeps
// off a thing as well as the brake does, and keeps the speed.
bool LookAhead::FindSwerve(const Eigen::VectorXd& proposed) {
  const sim::Robot& robot = foresight_.fallback().robot();
  if (!foresight_.can_guess() || robot.drive != sim::Drive::kForceAndTurn) return false;
  if (foresight_.gym().robot_velocity_in_world().head<2>().norm() < kSwerve_mps) return false;
  for (const int steps : kSwerveSteps) {
    for (const double turn : {1.0, -1.0}) {
      swerve_ << std::copysign(robot.braking.full_action[0], proposed[0]), turn;
      if (!foresight_.Guess(swerve_, steps).is_free) continue;
      Plan(swerve_, steps - 1);
      ++counts_.swerves;
      return true;
    }
  }
  return false;
}

const Eigen::VectorXd* LookAhead::FindFree(const Eigen::VectorXd& proposed) {
  candidates_.Order(proposed);
  if (const Eigen::VectorXd* guessed = GuessFree(); guessed != nullptr) return guessed;
  return SimulateFree();
}

const Eigen::VectorXd* LookAhead::GuessFree() {
  if (!foresight_.can_guess()) return nullptr;
  for (int i = 0; i < candidates_.count(); ++i) {
    if (foresight_.Guess(candidates_[i]).is_free) return &candidates_[i];
  }
  return nullptr;
}

const Eigen::VectorXd* LookAhead::SimulateFree() {
  const int most = foresight_.can_guess() ? kMostSimulated : candidates_.count();
  for (int i = 0; i < std::min(most, candidates_.count()); ++i) {
    if (foresight_.Look(candidates_[i]).is_free) return &candidates_[i];
  }
  return nullptr;
}

// What was found free a step ago: the rest of a way out, else the fallback.
bool LookAhead::NextOfPlan() {
  if (!has_plan_ || plan_steps_ == 0) {
    plan_steps_ = 0;
    foresight_.Brake(plan_);
  }
  const int hold = std::max(1, plan_steps_);
  const bool goes_on =
      (foresight_.can_guess() && foresight_.IsHarmless(foresight_.Guess(plan_, hold))) ||
      foresight_.IsHarmless(foresight_.Look(plan_, hold));
  plan_steps_ = std::max(0, plan_steps_ - 1);
  has_plan_ = goes_on;
  if (goes_on) ++counts_.by_plan;
  return goes_on;
}

// A robot that stands between something solid and what costs is pushed on, by less in all that is
// looked ahead than would be seen; one that is slow and near a hazard slides on into it, sideways,
// which no brake helps against. It leaves while what it drives for a while costs nothing.
bool LookAhead::FindEscape() {
  const sim::Robot& robot = foresight_.fallback().robot();
  if (robot.action_dim != 2) return false;
  const auto [first_full, second_full] = robot.braking.full_action;
  const bool squeezed = foresight_.IsSqueezed();
  double most_m = foresight_.clearance_m() + kEscape_m;
  bool found = false;
  for (const auto& [first, second] : kEscapes) {
    swerve_ << first * first_full, second * second_full;
    const Outlook outlook =
        squeezed ? foresight_.Look(swerve_, kEscapeSteps) : foresight_.Judge(swerve_, kEscapeSteps);
    if (!foresight_.IsHarmless(outlook)) continue;
    if (!outlook.is_free && outlook.clearance_m <= most_m) continue;
    found = true;
    escape_ = swerve_;
    if (outlook.is_free) break;
    most_m = outlook.clearance_m;
  }
  if (!found) return false;
  Plan(escape_, kEscapeSteps - 1);
  ++counts_.escapes;
  return true;
}

// In a cost, or before one that braking does not avoid: what is driven for a while with the fewest
// steps that cost, then to where there is most room.
const Eigen::VectorXd& LookAhead::FindWayOut() {
  ++counts_.way_out;
  const int count = foresight_.can_guess() ? candidates_.count()
                                           : std::min(kWayOutSimulated, candidates_.count());
  int best = 0;
  Outlook best_outlook;
  for (int i = 0; i < count; ++i) {
    const Outlook outlook = foresight_.Judge(candidates_[i], kWayOutSteps, true);
    if (i > 0 && !IsBetterWayOut(outlook, best_outlook)) continue;
    best = i;
    best_outlook = outlook;
  }
  Plan(candidates_[best], kWayOutSteps - 1);
  has_plan_ = best_outlook.is_free;
  return candidates_[best];
}

// "it would meet hazard 3 in 0.4 s"
void LookAhead::WriteReason(const Outlook& outlook) {
  const double after_s = foresight_.step_duration_s() * outlook.steps_to_cost;
  if (outlook.object >= 0) {
    WriteObject("it would meet", outlook.object, " in ");
  } else if (outlook.probability >= 0.0) {
    reason_size_ = 0;
    Append("it would have a learned cost of {:.2f} in ", outlook.probability);
  } else {
    reason_size_ = 0;
    Append("it would meet a cost in ");
  }
  Append("{:.1f} s", after_s);
}

void LookAhead::WriteObject(const char* before, int object, const char* after) {
  const sim::SceneObject& found = foresight_.scene().objects[static_cast<std::size_t>(object)];
  const sim::ObjectKind& kind = sim::DescriptorOf(found.kind);
  reason_size_ = 0;
  if (kind.is_single) return Append("{} the {}{}", before, kind.one, after);
  Append("{} {} {}{}", before, kind.one, found.index, after);
}

}  // namespace lookout::agents
