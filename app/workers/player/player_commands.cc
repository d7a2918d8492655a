// What the player's loop does when it is told something. Part of player_loop.h.
#include <utility>
#include <variant>

#include "app/workers/player/player_loop.h"

namespace lookout::app {
namespace {

// What neither touches the episodes that are played through nor could wait for their end.
bool SparesPairedRollout(const ui::PlayerCommand& command) {
  return std::holds_alternative<ui::SetPlaying>(command) ||
         std::holds_alternative<ui::SetSpeed>(command) ||
         std::holds_alternative<ui::DriveInput>(command) ||
         std::holds_alternative<ui::SetPerturbation>(command) ||
         std::holds_alternative<ui::MoveBody>(command) ||
         std::holds_alternative<ui::SetOverseer>(command) ||
         std::holds_alternative<ui::WatchOver>(command) ||
         std::holds_alternative<ui::HoldBlock>(command) ||
         std::holds_alternative<ui::LetPass>(command);
}

}  // namespace

void PlayerLoop::Apply(const ui::PlayerCommand& command) {
  if (paired_rollout_.running() && !SparesPairedRollout(command)) {
    StopPairedRollout(played_before_);
    Inform(links_.notices,
           "The comparison was cancelled. What was played of it is in the list of episodes.");
  }
  std::visit([this](const auto& specific) { On(specific); }, command);
}

void PlayerLoop::On(const ui::SetPlaying& command) {
  if (paired_rollout_.running()) {
    played_before_ = command.playing;  // when it is cancelled; at its end the player pauses
    return;
  }
  if (playing_ == command.playing) return;
  playing_ = command.playing;
  if (!playing_) driver_.Flush();
  RestartPacing();
}

void PlayerLoop::On(const ui::StepForward& command) {
  playing_ = false;
  for (int i = 0; i < std::clamp(command.steps, 0, sim::kChunkSteps * 16); ++i) {
    StepOnce(clock_());
  }
  driver_.Flush();
  RestartPacing();
}

void PlayerLoop::On(const ui::ResetEpisode& command) {
  const std::uint32_t seed = driver_.header().seed;
  switch (command.seed) {
    case ui::ResetEpisode::Seed::kSame:
      return NextEpisode(seed);
    case ui::ResetEpisode::Seed::kNext:
      return NextEpisode(SeedAfter());
    case ui::ResetEpisode::Seed::kGiven:
      return NextEpisode(command.given);
  }
}

void PlayerLoop::On(const ui::SetSpeed& command) {
  pacing_.SetFactor(command.factor, clock_());
  meter_.Clear();
}

void PlayerLoop::On(const ui::SetEnvironment& command) {
  OpenOrWarn(ConfigNamed(command.id), driver_.header().seed);
}

// A configuration of one's own has a name too, but no registry knows it.
Result<sim::EnvironmentConfig> PlayerLoop::ConfigNamed(const std::string& id) const {
  const sim::EnvironmentConfig& present = driver_.header().config;
  return id == present.id ? present : options_.factory.config(id);
}

void PlayerLoop::On(const ui::SetAgent& command) {
  before_wheel_.reset();
  const Status seated = driver_.SetAgent(command);
  if (!seated) Warn(links_.notices, seated.error().message);
}

void PlayerLoop::On(const ui::WatchIn& command) {
  before_wheel_.reset();
  const std::uint32_t seed = driver_.header().seed;
  if (OpenOrWarn(ConfigNamed(command.environment), seed, &command.agent)) playing_ = true;
}

void PlayerLoop::On(const ui::DriveInput& command) { active_agent_.Drive(command); }

void PlayerLoop::On(const ui::SetPerturbation& command) {
  if (!paired_rollout_.running()) driver_.SetPerturbation(command.perturbation);
}

void PlayerLoop::On(const ui::MoveBody& command) {
  if (!playing_) driver_.MoveBody(command);
}

void PlayerLoop::On(const ui::BranchFrom& command) {
  const Status branched = driver_.Branch(command);
  if (!branched) Warn(links_.notices, branched.error().message);
  if (branched) spent_seed_.reset();
  RestartPacing();
}

void PlayerLoop::On(const ui::PairedRollout& command) {
  const bool had_ended = driver_.ended();
  if (const Status begun = paired_rollout_.Begin(command); !begun) {
    Warn(links_.notices, begun.error().message);
    if (!had_ended && driver_.ended()) playing_ = false;  // no layout: as after any other reset
    return;
  }
  StartPairedRollout();
}

void PlayerLoop::On(const ui::TryDrive& command) {
  if (const Status begun = paired_rollout_.Begin(command); !begun) {
    return Warn(links_.notices, begun.error().message);
  }
  StartPairedRollout();
}

void PlayerLoop::StartPairedRollout() {
  spent_seed_.reset();
  played_before_ = std::exchange(playing_, true);
  RestartPacing();
}

void PlayerLoop::StopPairedRollout(bool playing) {
  paired_rollout_.Cancel();
  playing_ = playing;
  RestartPacing();
}

}  // namespace lookout::app
