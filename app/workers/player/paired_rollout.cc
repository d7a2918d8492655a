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
  TakeSeat(command.agents);
  seed_ = command.seed;
  return BeginAll();
}

Status PairedRolloutRun::Begin(const ui::TryDrive& command) {
  LOOKOUT_CHECK(!running(), "a play-through while another runs");
  const ui::SetAgent& agent = active_agent_.chosen();
  if (agent.kind == ui::AgentKind::kHuman) {
    return BadInput("A person has the wheel: choose an agent that goes on after the correction.");
  }
  TakeSeat({{ui::AgentKind::kHuman, {}}, agent});
  futures_ = command;
  return BeginAll();
}

void PairedRolloutRun::TakeSeat(std::vector<ui::SetAgent> agents) {
  before_ = active_agent_.chosen();
  name_before_ = active_agent_.name();
  agents_ = std::move(agents);
  episodes_.clear();
}

Status PairedRolloutRun::BeginAll() {
  Status begun = BeginEpisode();
  if (!begun) End();
  return begun;
}

Status PairedRolloutRun::BeginEpisode() {
  if (Status seated = driver_.SetAgent(agents_[episodes_.size()]); !seated) return seated;
  Status begun = futures_ ? driver_.Branch(futures_->from) : driver_.Reset(seed_);
  if (begun) episodes_.push_back(driver_.header().id);
  return begun;
}

bool PairedRolloutRun::IsOver() const {
  return driver_.ended() || (futures_ && driver_.step() >= futures_->steps);
}

// In the person's future: their drive, and from where it ends whoever acted before.
void PairedRolloutRun::Steer() {
  if (!futures_ || episodes_.size() != 1) return;
  if (driver_.step() < futures_->held_steps) return active_agent_.Drive(futures_->drive);
  if (driver_.step() > futures_->held_steps) return;
  if (Status back = driver_.SetAgent(before_); !back) Warn(links_.notices, back.error().message);
}

void PairedRolloutRun::Advance(SteadyTime time) {
  LOOKOUT_CHECK(running(), "a step of a play-through that has ended");
  if (!IsOver()) {
    Steer();
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
  if (std::exchange(futures_, std::nullopt)) active_agent_.Drive({});
  driver_.Flush();
  if (const Status back = driver_.SetAgent(before_); !back)
    Warn(links_.notices, back.error().message);
}

double PairedRolloutRun::fraction() const {
  if (!running()) return 1.0;
  const double longest = std::max(1, futures_ ? futures_->steps : driver_.spec().max_episode_steps);
  const double here = IsOver() ? 1.0 : std::min(1.0, driver_.step() / longest);
  const double before = static_cast<double>(episodes_.size()) - 1.0;
  return std::clamp((before + here) / static_cast<double>(agents_.size()), 0.0, 1.0);
}

}  // namespace lookout::app
