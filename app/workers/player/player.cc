#include "app/workers/player/player.h"

#include <utility>
#include <vector>

#include "app/workers/runtime/worker_thread.h"

namespace lookout::app {

Player::Player(PlayerOptions options, Links links)
    : thread_([this, options = std::move(options), links](std::stop_token stop) {
        Run(std::move(stop), options, links);
      }) {}

void Player::Run(std::stop_token stop, const PlayerOptions& options, Links links) {
  NameThisThread("player");
  PlayerLoop loop(options,
                  {links.cost_models, links.newest_policy, events_, snapshot_, links.notices},
                  std::chrono::steady_clock::now);
  std::vector<ui::PlayerCommand> commands;
  while (!stop.stop_requested()) {
    const std::optional<std::string> failure = FailureOf([&] { Play(stop, loop, commands); });
    if (!failure) return;
    loop.ReportFailure(*failure);
    commands_.WaitAndTake(commands, stop);  // any command tries again, and is obeyed then
  }
}

void Player::Play(const std::stop_token& stop, PlayerLoop& loop,
                  std::vector<ui::PlayerCommand>& commands) {
  loop.Open();
  while (!stop.stop_requested()) {
    for (const ui::PlayerCommand& command : commands) loop.Apply(command);
    const SteadyTime wake = loop.Advance();
    if (wake == SteadyTime::max()) {
      commands_.WaitAndTake(commands, stop);
    } else {
      commands_.WaitAndTake(commands, stop, wake);
    }
  }
}

void Player::Join() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

}  // namespace lookout::app
