// The player: the thread that owns the one live environment, keeps real time, and records what
// happens. Commands take effect at step boundaries; nobody ever waits for it. Its methods may be
// called by any thread, its outputs are read by one.
#pragma once

#include <stop_token>
#include <thread>
#include <vector>

#include "app/workers/player/player_loop.h"
#include "app/workers/runtime/cost_model_registry.h"

namespace lookout::app {

class Player {
 public:
  struct Links {
    const CostModelRegistry& cost_models;
    const PublishedPtr<TrainedPolicy>& newest_policy;
    NoticeBoard& notices;
  };

  Player(PlayerOptions options, Links links);

  void Send(ui::PlayerCommand command) { commands_.Put(std::move(command)); }
  // Asks the thread to end.
  void RequestStop() { thread_.request_stop(); }
  // Ends the thread; what it said stays to be read. The destructor does so too.
  void Join();

  LatestValue<ui::PlayerSnapshot>& snapshot() { return snapshot_; }
  Mailbox<PlayerEvent>& events() { return events_; }

 private:
  void Run(std::stop_token stop, const PlayerOptions& options, Links links);
  // Plays until asked to stop, beginning with `commands`; what goes wrong is thrown.
  void Play(const std::stop_token& stop, PlayerLoop& loop,
            std::vector<ui::PlayerCommand>& commands);

  Mailbox<ui::PlayerCommand> commands_;
  LatestValue<ui::PlayerSnapshot> snapshot_;
  Mailbox<PlayerEvent> events_;
  std::jthread thread_;  // last: joins first
};

}  // namespace lookout::app
