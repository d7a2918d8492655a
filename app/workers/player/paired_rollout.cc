#include "app/workers/player/paired_rollout.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace lookout::app {

Status PairedRolloutRun::Begin(const ui::PairedRollout& command) {
  LOOKOUT_CHECK(!running(), "a play-through while another runs");
  if (command.agents.empty()) return BadInput("Nobody is to play: choose an agent.");
  for (const ui::SetAgent& agent : command.agents) {
    if (agent.kind == ui::AgentKind::kHuman) {
      return BadInput("A person cannot play as fast as possible: choose two other agents.");
    }
    if (Status fits = driver_.CanAct(agent); !fits) return fits;
  }
  before_ = active_agent_.chosen();
  name_before_ = active_agent_.name();
  agents_ = command.agents;
  seed_ = command.seed;
  episodes_.clear();
  Status begun = BeginEpisode();
  if (!begun) End();
  return begun;
}

Status PairedRolloutRun::BeginEpisode() {
  if (Status seated = driver_.SetAgent(agents_[episodes_.size()]); !seated) return seated;
  if (Status reset = driver_.Reset(seed_); !reset) return reset;
  episodes_.push_back(driver_.header().id);
  return {};
}

void PairedRolloutRun::Advance(SteadyTime time) {
  LOOKOUT_CHECK(running(), "a step of a play-through that has ended");
  if (!driver_.ended()) {
    driver_.Step(time);
    if (driver_.now().status == sim::EpisodeStatus::kDiverged) {
      Warn(links_.notices, fmt::format("The simulation diverged in the episode of {} at step {}: "
                                       "it is compared up to there.",
                                       active_agent_.name(), driver_.step()));
    }
    return;
  }
  if (episodes_.size() == agents_.size()) {
    End();
    links_.events.Put(PlayedThrough{std::move(episodes_)});
    return;
  }
  if (const Status begun = BeginEpisode(); !begun) {
    Warn(links_.notices, begun.error().message);
    End();
  }
}

void PairedRolloutRun::Cancel() {
  if (running()) End();
}

void PairedRolloutRun::End() {
  agents_.clear();
  driver_.Flush();
  if (const Status back = driver_.SetAgent(before_); !back)
    Warn(links_.notices, back.error().message);
}

double PairedRolloutRun::fraction() const {
  if (!running()) return 1.0;
  const double longest = std::max(1, driver_.spec().max_episode_steps);
  const double here = driver_.ended() ? 1.0 : std::min(1.0, driver_.step() / longest);
  const double before = static_cast<double>(episodes_.size()) - 1.0;
  return std::clamp((before + here) / static_cast<double>(agents_.size()), 0.0, 1.0);
}

}  // namespace lookout::app
