// Several agents play one episode each from the same seed, or two futures of a recorded step are
// played, step by step between other work; then whoever acted before goes on. Player thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/workers/player/episode_driver.h"

namespace lookout::app {

class PairedRolloutRun {
 public:
  struct Links {
    Mailbox<PlayerEvent>& events;
    NoticeBoard& notices;
  };

  // The driver and its seat must outlive it.
  PairedRolloutRun(EpisodeDriver& driver, ActiveAgent& seat, Links links)
      : driver_(driver), active_agent_(seat), links_(links) {}

  // Starts the first agent's episode. Rejects a person, an agent that cannot act here and a layout
  // that fails; only the last of these leaves the present episode. Must not be running().
  Status Begin(const ui::PairedRollout& command);
  // The same with two futures. Rejects it while a person acts, and a moment that nothing can be
  // continued from.
  Status Begin(const ui::TryDrive& command);
  // Of the present agent's episode; from its end, into the next one's. After the last, or if a
  // reset fails (told in a notice), it has ended: running() no longer. Must be running().
  void Advance(SteadyTime time);
  // Lets whoever acted before go on; what was played stays recorded. Nothing if it is not running.
  void Cancel();

  bool running() const { return !agents_.empty(); }
  // Steps done of all steps, as far as the environment says how long an episode lasts.
  double fraction() const;
  // While running: who goes on afterwards.
  const ui::SetAgent& agent_before() const { return before_; }
  const std::string& name_before() const { return name_before_; }

 private:
  void TakeSeat(std::vector<ui::SetAgent> agents);
  Status BeginAll();
  Status BeginEpisode();
  bool IsOver() const;
  void Steer();
  void End();

  EpisodeDriver& driver_;
  ActiveAgent& active_agent_;
  Links links_;
  std::vector<ui::SetAgent> agents_;  // empty: not running
  std::uint32_t seed_ = 0;
  std::optional<ui::TryDrive> futures_;  // of a recorded step, and not of the seed
  std::vector<EpisodeId> episodes_;      // begun so far
  ui::SetAgent before_;
  std::string name_before_;
};

}  // namespace lookout::app
