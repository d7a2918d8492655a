// The player without its thread: obeys commands, keeps real time, and publishes what happens. All
// its methods are called by one thread; time comes from the clock it is given.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "agents/rollout/action_filter.h"
#include "app/workers/player/account_keeper.h"
#include "app/workers/player/active_agent.h"
#include "app/workers/player/episode_driver.h"
#include "app/workers/player/oversight.h"
#include "app/workers/player/pacing_clock.h"
#include "app/workers/player/paired_rollout.h"
#include "app/workers/runtime/cost_model_registry.h"
#include "app/workers/runtime/episode_numbers.h"
#include "app/workers/runtime/latest_value.h"
#include "app/workers/runtime/speed_meter.h"
#include "app/workers/runtime/steady_time.h"
#include "ui/snapshots.h"

namespace lookout::app {

inline constexpr char kDefaultEnvironment[] = "Safexp-PointGoal1-v0";

// How the player starts.
struct PlayerOptions {
  std::variant<std::string, sim::EnvironmentConfig> environment = kDefaultEnvironment;
  std::uint32_t seed = 0;
  ui::SetAgent agent{ui::AgentKind::kGoToGoal, {}};
  std::shared_ptr<EpisodeNumbers> numbers = std::make_shared<EpisodeNumbers>();  // not null
  bool playing = true;
  double speed = 1.0;
  bool continues_after_done = true;     // starts the next seed by itself when an episode ends
  ActiveAgent::ReadPolicy read_policy;  // of the named policies; called by the player's thread
  EnvironmentFactory factory;
  std::shared_ptr<agents::ActionFilter> filter;  // of every action; the player's thread alone asks
  // Makes what ui::SetOverseer names, in place of the filter; called by the player's thread.
  Oversight::Maker make_overseer;
  std::string overseer;  // named at the start; empty: nobody, or the filter
};

// What the player reads of other workers, and where it writes.
struct PlayerLinks {
  const CostModelRegistry& cost_models;
  const PublishedPtr<TrainedPolicy>& newest_policy;
  Mailbox<PlayerEvent>& events;
  LatestValue<ui::PlayerSnapshot>& snapshot;
  NoticeBoard& notices;
};

class PlayerLoop {
 public:
  // An ended episode stays on screen this long before the next begins, at normal speed.
  static constexpr std::chrono::milliseconds kHoldAfterEnd{700};
  // Commands wait at most this long, however fast the steps come.
  static constexpr std::chrono::milliseconds kSlice{8};
  // Steps nobody has fetched yet, beyond which the player rests until they are.
  static constexpr std::int64_t kMaxUnfetchedSteps = 32'768;

  // At real time or slower a person who watches has so long before a machine's block is done.
  static constexpr std::chrono::milliseconds kBlockWarning{500};
  static constexpr double kFastestWithWarning = 1.0;

  static constexpr int kMostRefusedInARow = EpisodeDriver::kMostRefusedInARow;

  PlayerLoop(PlayerOptions options, PlayerLinks links, ClockFunction clock);

  // Builds the first environment, or after a failure the one that was playing. Falls back to the
  // default environment with a notice; throws std::runtime_error if that cannot be built either.
  void Open();

  // Between two steps, in order of arrival. What is refused leaves everything as it was and puts up
  // a notice.
  void Apply(const ui::PlayerCommand& command);

  // Takes the steps that are due, for at most kSlice, and publishes. Returns when to be called
  // again; SteadyTime::max(): after the next command.
  SteadyTime Advance();

  // Publishes that the worker stopped, with the cause; the last good frame stays.
  void ReportFailure(const std::string& cause);

 private:
  void On(const ui::SetPlaying& command);
  void On(const ui::StepForward& command);
  void On(const ui::ResetEpisode& command);
  void On(const ui::SetSpeed& command);
  void On(const ui::SetEnvironment& command);
  void On(const ui::SetAgent& command);
  void On(const ui::WatchIn& command);
  void On(const ui::DriveInput& command);
  void On(const ui::SetPerturbation& command);
  void On(const ui::MoveBody& command);
  void On(const ui::BranchFrom& command);
  void On(const ui::PairedRollout& command);
  void On(const ui::TryDrive& command);
  void On(const ui::CancelPairedRollout&) {}  // Apply has done it
  void On(const ui::SetOverseer& command);
  void On(const ui::WatchOver& command);
  void On(const ui::HoldBlock& command);
  void On(const ui::LetPass& command);
  void On(const ui::TakeWheel& command);
  void GiveWheelBack();
  bool WarnsOfBlock(SteadyTime now);
  void CountStep(SteadyTime now);
  void PublishOversight(ui::OversightSnapshot& out);

  Result<sim::EnvironmentConfig> ConfigNamed(const std::string& id) const;
  Result<sim::EnvironmentConfig> ConfigOf(
      const std::variant<std::string, sim::EnvironmentConfig>& environment) const;
  bool OpenOrWarn(const Result<sim::EnvironmentConfig>& config, std::uint32_t seed,
                  const ui::SetAgent* agent = nullptr);
  void NextEpisode(std::uint32_t seed);
  std::uint32_t SeedAfter() const;
  void StepOnce(SteadyTime now);
  void RunSlice();
  void StartPairedRollout();
  void RunPairedRollout();
  void StopPairedRollout(bool playing);
  bool ReaderIsBehind();
  SteadyTime HoldUntil() const;
  SteadyTime NextWake() const;
  void RestartPacing();
  void Publish(const std::string& failure = {});

  PlayerOptions options_;
  PlayerLinks links_;
  ClockFunction clock_;
  ActiveAgent active_agent_;
  Oversight oversight_;
  EpisodeDriver driver_;
  PairedRolloutRun paired_rollout_;
  PacingClock pacing_;
  SpeedMeter meter_;
  bool playing_;
  bool played_before_ = false;  // a play-through began
  bool reader_behind_ = false;
  SteadyTime ended_at_;
  std::optional<std::uint32_t> spent_seed_;  // of the last reset, if it was refused
  int refused_in_a_row_ = 0;
  AccountKeeper account_;
  SteadyTime person_since_;                   // till when the person's time is counted
  bool watching_ = false;                     // a person has the keys of Oversee mode
  std::optional<ui::SetAgent> before_wheel_;  // who gets the wheel back when a person lets it go
  std::optional<SteadyTime> warned_until_;    // of a block: the next step waits
  bool blocked_before_ = false;               // a machine, in the last step
  std::int64_t fetched_mark_ = 0;  // steps_recorded() when the events were last seen empty
};

}  // namespace lookout::app
