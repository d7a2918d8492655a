// What the player's loop does for whoever oversees. Part of player_loop.h.
#include <algorithm>
#include <utility>

#include "app/workers/player/player_loop.h"

namespace lookout::app {

void PlayerLoop::On(const ui::SetOverseer& command) {
  warned_until_.reset();
  if (const Status made = oversight_.Set(command.spec); !made) {
    Warn(links_.notices, "Nobody oversees: " + made.error().message);
  }
}

void PlayerLoop::On(const ui::WatchOver& command) {
  if (command.watching && !watching_) person_since_ = clock_();
  watching_ = command.watching;
  if (command.person.empty()) return;
  oversight_.SetPerson(command.person);
  active_agent_.SetPerson(command.person);
}

void PlayerLoop::On(const ui::HoldBlock& command) {
  oversight_.Block(command.held);
  if (command.held) warned_until_.reset();
}

void PlayerLoop::On(const ui::LetPass& command) {
  oversight_.LetPass(command.held);
  if (command.held && std::exchange(warned_until_, std::nullopt)) pacing_.Restart(clock_());
}

// As if the person were chosen as the agent, and whoever was before chosen again on release.
void PlayerLoop::On(const ui::TakeWheel& command) {
  if (!command.held) return GiveWheelBack();
  if (before_wheel_ || active_agent_.kind() == ui::AgentKind::kHuman) return;
  const ui::SetAgent before = active_agent_.chosen();
  if (const Status seated = driver_.SetAgent({ui::AgentKind::kHuman, {}}); !seated) {
    return Warn(links_.notices, seated.error().message);
  }
  before_wheel_ = before;
}

void PlayerLoop::GiveWheelBack() {
  if (!before_wheel_) return;
  active_agent_.Drive({});
  const Status seated = driver_.SetAgent(*std::exchange(before_wheel_, std::nullopt));
  if (!seated) Warn(links_.notices, seated.error().message);
}

// Only before the first of a row of blocks: what goes on has been seen.
bool PlayerLoop::WarnsOfBlock(SteadyTime now) {
  const bool slow = !pacing_.unlimited() && pacing_.factor() <= kFastestWithWarning;
  const bool may_warn = watching_ && slow && oversight_.has_overseer() && !blocked_before_ &&
                        !oversight_.blocking() && !oversight_.letting_pass();
  if (!may_warn) {
    warned_until_.reset();
    return false;
  }
  if (driver_.Preview().decision.kind != agents::Decision::Kind::kReplace) {
    warned_until_.reset();
    return false;
  }
  if (!warned_until_) warned_until_ = now + kBlockWarning;
  if (now < *warned_until_) return true;
  pacing_.Restart(now);  // the wait is not caught up with
  return false;
}

// A person is needed for all the time that they watch it play, or have the wheel.
void PlayerLoop::CountStep(SteadyTime now) {
  const bool person = watching_ || before_wheel_.has_value();
  const double person_s = person ? std::max(0.0, SecondsOf(now - person_since_)) : 0.0;
  person_since_ = now;
  account_.Add(driver_.header().id, agents::OverseenStep::Of(driver_.outcome(), person_s),
               person || oversight_.has_overseer());
}

void PlayerLoop::PublishOversight(ui::OversightSnapshot& out) {
  out.spec = oversight_.spec();
  out.overseer = oversight_.overseer();
  out.problem = oversight_.problem();
  out.watching = watching_;
  out.blocking = oversight_.blocking();
  out.letting_pass = oversight_.letting_pass();
  out.has_wheel = before_wheel_.has_value();
  out.account = account_.Newest(clock_(), !playing_);
  if (!warned_until_ || driver_.ended()) {
    out.warning.reset();
    return;
  }
  const EpisodeDriver::Upcoming upcoming = driver_.Preview();
  if (upcoming.decision.kind != agents::Decision::Kind::kReplace) {
    out.warning.reset();
    return;
  }
  if (!out.warning) out.warning.emplace();
  out.warning->proposed = upcoming.proposed;
  out.warning->planned = *upcoming.decision.action;
  out.warning->overseer = oversight_.name();
  out.warning->reason = upcoming.decision.reason;
  out.warning->left_s = std::max(0.0, SecondsOf(*warned_until_ - clock_()));
}

}  // namespace lookout::app
