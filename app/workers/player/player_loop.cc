#include "app/workers/player/player_loop.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace lookout::app {
PlayerLoop::PlayerLoop(PlayerOptions options, PlayerLinks links, ClockFunction clock)
    : options_(std::move(options)),
      links_(links),
      clock_(std::move(clock)),
      active_agent_(links.newest_policy, options_.read_policy, options_.agent),
      oversight_(options_.make_overseer, options_.filter, clock_),
      driver_(options_.factory, active_agent_, oversight_,
              {links.cost_models, links.events, links.notices}, options_.numbers),
      paired_rollout_(driver_, active_agent_, {links.events, links.notices}),
      pacing_(0.02, clock_()),
      playing_(options_.playing) {
  // It is made with the first world, which says so if it cannot be.
  if (!options_.overseer.empty()) (void)oversight_.Set(options_.overseer);
}

void PlayerLoop::Open() {
  const bool again = driver_.open();
  const std::uint32_t seed = again ? driver_.header().seed : options_.seed;
  const Result<sim::EnvironmentConfig> wanted =
      again ? driver_.header().config : ConfigOf(options_.environment);
  if (!OpenOrWarn(wanted, seed)) {
    const Result<sim::EnvironmentConfig> fallback = options_.factory.config(kDefaultEnvironment);
    if (!OpenOrWarn(fallback, seed)) throw std::runtime_error("no environment could be built");
  }
  if (!again) pacing_.SetFactor(options_.speed, clock_());
  Publish();
}

Result<sim::EnvironmentConfig> PlayerLoop::ConfigOf(
    const std::variant<std::string, sim::EnvironmentConfig>& environment) const {
  if (const auto* config = std::get_if<sim::EnvironmentConfig>(&environment)) return *config;
  return options_.factory.config(std::get<std::string>(environment));
}

bool PlayerLoop::OpenOrWarn(const Result<sim::EnvironmentConfig>& config, std::uint32_t seed,
                            const ui::SetAgent* agent) {
  const Status opened = config ? driver_.Open(*config, seed, agent) : Status(config.error());
  if (!opened) {
    Warn(links_.notices, opened.error().message);
    return false;
  }
  for (const std::string& refused : driver_.refused_seeds()) Warn(links_.notices, refused);
  spent_seed_.reset();
  RestartPacing();
  return true;
}

// Steps are due one period after now, and the meter forgets what was before.
void PlayerLoop::RestartPacing() {
  person_since_ = clock_();
  warned_until_.reset();
  pacing_.SetStepDuration(driver_.spec().step_duration_s, clock_());
  meter_.Clear();
}

void PlayerLoop::NextEpisode(std::uint32_t seed) {
  const Status reset = driver_.Reset(seed);
  blocked_before_ = false;
  spent_seed_ = reset.ok() ? std::nullopt : std::optional(seed);
  refused_in_a_row_ = reset.ok() ? 0 : refused_in_a_row_ + 1;
  if (!reset) Warn(links_.notices, fmt::format("Seed {}: {}", seed, reset.error().message));
  if (refused_in_a_row_ == kMostRefusedInARow) {
    refused_in_a_row_ = 0;
    playing_ = false;
  }
  pacing_.Restart(clock_());
}

// A refused seed is spent, as in the original: what follows it is the next one.
std::uint32_t PlayerLoop::SeedAfter() const {
  return spent_seed_.value_or(driver_.header().seed) + 1;
}

// One step forward; from the end of an episode, into the next one.
void PlayerLoop::StepOnce(SteadyTime now) {
  if (driver_.ended()) return NextEpisode(SeedAfter());
  warned_until_.reset();
  driver_.Step(now);
  const sim::StepRecord& done = driver_.now();
  blocked_before_ = done.overseer && done.source == sim::ActionSource::kOverseer;
  CountStep(now);
  if (driver_.ended()) ended_at_ = now;
  if (oversight_.failed()) playing_ = false;  // whoever starts the next episode has seen it
}

SteadyTime PlayerLoop::Advance() {
  reader_behind_ = ReaderIsBehind();
  if (playing_ && !reader_behind_) paired_rollout_.running() ? RunPairedRollout() : RunSlice();
  const SteadyTime wake = NextWake();
  driver_.Flush();  // the window must have heard of every step that the snapshot speaks of
  Publish();
  return wake;
}

void PlayerLoop::RunSlice() {
  SteadyTime now = clock_();
  const SteadyTime end = now + kSlice;
  std::int64_t taken = 0;
  for (; playing_ && now < end; now = clock_()) {
    if (driver_.ended()) {
      if (now < HoldUntil()) break;
      NextEpisode(SeedAfter());
      continue;
    }
    if (pacing_.StepsDue(now) == 0 || WarnsOfBlock(now)) break;
    StepOnce(now);
    pacing_.Took(1);
    ++taken;
  }
  meter_.Count(now, taken);
}

// As RunSlice, but nothing has to be waited for.
void PlayerLoop::RunPairedRollout() {
  SteadyTime now = clock_();
  const SteadyTime end = now + kSlice;
  std::int64_t taken = 0;
  for (; paired_rollout_.running() && now < end; now = clock_()) {
    paired_rollout_.Advance(now);
    ++taken;
  }
  meter_.Count(now, taken);
  if (paired_rollout_.running()) return;
  ended_at_ = now;
  StopPairedRollout(/*playing=*/false);
}

// Steps come faster than somebody fetches them only at extreme speeds or if the reader hangs;
// resting then bounds memory and loses nothing.
bool PlayerLoop::ReaderIsBehind() {
  const std::size_t waiting = links_.events.size();
  if (waiting == 0) fetched_mark_ = driver_.steps_recorded();
  return static_cast<std::int64_t>(waiting) * sim::kChunkSteps > kMaxUnfetchedSteps &&
         driver_.steps_recorded() - fetched_mark_ > kMaxUnfetchedSteps;
}

SteadyTime PlayerLoop::HoldUntil() const {
  if (spent_seed_) return ended_at_;  // there is nothing to look at
  if (!options_.continues_after_done) return SteadyTime::max();
  if (pacing_.unlimited()) return ended_at_;
  return ended_at_ + DurationOf(SecondsOf(kHoldAfterEnd) / std::max(1.0, pacing_.factor()));
}

SteadyTime PlayerLoop::NextWake() const {
  if (!playing_) return SteadyTime::max();
  const SteadyTime now = clock_();
  if (reader_behind_) return now + kSlice;
  if (paired_rollout_.running()) return now;
  if (driver_.ended()) return HoldUntil();
  if (warned_until_) return *warned_until_;
  if (pacing_.unlimited()) return now;
  // Waking for every step of a fast replay would cost more than the steps.
  return std::max(pacing_.NextDue(), now + std::chrono::milliseconds(2));
}

void PlayerLoop::ReportFailure(const std::string& cause) {
  playing_ = false;
  paired_rollout_.Cancel();
  if (driver_.open()) driver_.Flush();
  Publish(cause);
}

void PlayerLoop::Publish(const std::string& failure) {
  ui::PlayerSnapshot& snapshot = links_.snapshot.Writable();
  if (driver_.open()) {
    snapshot.episode = driver_.header().id;
    snapshot.now = driver_.now();
    snapshot.step = driver_.step();
    snapshot.seed = driver_.header().seed;
    snapshot.environment = driver_.header().config.id;
    snapshot.attention = driver_.ShareAttention();
    snapshot.steps_per_second = playing_ ? meter_.StepsPerSecond(clock_()) : 0.0;
    snapshot.measured_speed = snapshot.steps_per_second * driver_.spec().step_duration_s;
  }
  // Who plays through a seed is only passing; the person's choice stays to be seen.
  const bool through = paired_rollout_.running();
  snapshot.paired_rollout = through ? std::optional(paired_rollout_.fraction()) : std::nullopt;
  snapshot.playing = playing_;
  snapshot.target_speed = pacing_.factor();
  snapshot.agent = through ? paired_rollout_.agent_before().kind : active_agent_.kind();
  snapshot.agent_name = through ? paired_rollout_.name_before() : active_agent_.name();
  snapshot.policy = active_agent_.policy();
  snapshot.continues_after_done = options_.continues_after_done;
  snapshot.failure = failure;
  PublishOversight(snapshot.oversight);
  links_.snapshot.Publish();
}

}  // namespace lookout::app
