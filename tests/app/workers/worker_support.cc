#include "tests/app/workers/worker_support.h"

#include <algorithm>
#include <thread>

namespace lookout::app {

bool Eventually(const std::function<bool()>& holds, std::chrono::milliseconds limit) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

void Recordings::Take(Mailbox<PlayerEvent>& events) {
  std::vector<PlayerEvent> taken;
  events.Take(taken);
  for (const PlayerEvent& event : taken) Add(event);
}

void Recordings::Add(const PlayerEvent& event) {
  if (const auto* began = std::get_if<EpisodeBegan>(&event)) {
    in_order_ = in_order_ && !episodes_.contains(began->scene->header->id);
    episodes_[began->scene->header->id].scene = began->scene;
    return;
  }
  if (const auto* played = std::get_if<PlayedThrough>(&event)) {
    played_through_.push_back(played->episodes);
    return;
  }
  const sim::ChunkPtr& chunk = std::get<sim::ChunkPtr>(event);
  Episode& episode = episodes_[chunk->episode];
  in_order_ = in_order_ && episode.scene && !chunk->steps.empty() &&
              chunk->steps.size() <= sim::kChunkSteps &&
              chunk->first_step == static_cast<StepIndex>(episode.steps.size());
  episode.steps.insert(episode.steps.end(), chunk->steps.begin(), chunk->steps.end());
  episode.chunks.push_back(chunk);
}

bool Recordings::Has(std::int64_t id, std::size_t steps) const {
  const auto found = episodes_.find(EpisodeId{id});
  return found != episodes_.end() && found->second.steps.size() >= steps;
}

bool Recordings::Finished(std::int64_t id) const {
  const auto found = episodes_.find(EpisodeId{id});
  return found != episodes_.end() && found->second.finished();
}

std::size_t Recordings::total_steps() const {
  std::size_t total = 0;
  for (const auto& [id, episode] : episodes_) total += episode.steps.size();
  return total;
}

bool SameStep(const sim::StepRecord& left, const sim::StepRecord& right) {
  const sim::SimState& a = *left.state;
  const sim::SimState& b = *right.state;
  return a.time_s == b.time_s && a.qpos == b.qpos && a.qvel == b.qvel &&
         a.qacc_warmstart == b.qacc_warmstart && a.ctrl == b.ctrl && a.mocap_pos == b.mocap_pos &&
         a.goal_position_in_world == b.goal_position_in_world &&
         a.last_goal_distance_m == b.last_goal_distance_m && a.step == b.step &&
         a.status == b.status && a.random == b.random && left.observation == right.observation &&
         left.executed_action == right.executed_action && left.reward == right.reward &&
         left.costs.total == right.costs.total && left.costs.by_kind == right.costs.by_kind &&
         left.goal_met == right.goal_met && left.robot_xy_m == right.robot_xy_m;
}

bool SameSteps(const std::vector<sim::StepRecord>& left,
               const std::vector<sim::StepRecord>& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), SameStep);
}

}  // namespace lookout::app
