#include "app/overseers/play/episode_recorder.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <utility>

namespace lookout::app {
namespace {

std::int64_t UnixMillisecondsNow() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace

sim::StepRecord& EpisodeRecorder::NewStep() {
  if (recorded_.chunks.empty() || std::ssize(recorded_.chunks.back().steps) >= sim::kChunkSteps) {
    recorded_.chunks.push_back({.episode = {}, .first_step = steps_, .steps = {}});
  }
  ++steps_;
  sim::StepRecord& step = recorded_.chunks.back().steps.emplace_back();
  step.predicted_cost = std::numeric_limits<float>::quiet_NaN();  // no model looked on
  step.policy_version = policy_version_;
  return step;
}

void EpisodeRecorder::ReadState(const sim::SafetyGym& gym, sim::StepRecord& step) const {
  auto state = std::make_shared<sim::SimState>();
  gym.Save(*state);
  step.status = state->status;
  step.state = std::move(state);
  step.observation = gym.observation().cast<float>();
  step.robot_xy_m = gym.robot_position_in_world().head<2>().cast<float>();
}

void EpisodeRecorder::Begin(const sim::SafetyGym& gym, const std::string& agent,
                            std::int64_t policy_version) {
  recorded_.header.config = gym.config();
  recorded_.header.setup = gym.setup();
  recorded_.header.signature = gym.spec().signature();
  recorded_.header.seed = gym.setup().generator_seed - 1;  // as the person knows it
  recorded_.header.agent = agent;
  recorded_.header.started_unix_ms = UnixMillisecondsNow();
  agent_ = std::make_shared<const std::string>(agent);
  policy_version_ = policy_version;
  sim::StepRecord& first = NewStep();
  first.source = sim::ActionSource::kNone;
  ReadState(gym, first);
}

sim::SharedName EpisodeRecorder::SharedOverseer(std::string_view name) {
  if (name.empty()) return nullptr;
  const auto known = std::ranges::find_if(
      overseers_, [name](const sim::SharedName& overseer) { return *overseer == name; });
  if (known != overseers_.end()) return *known;
  return overseers_.emplace_back(std::make_shared<const std::string>(name));
}

void EpisodeRecorder::Freeze(const sim::StepRecord& last, sim::EpisodeStatus status,
                             sim::StepRecord& step) const {
  auto frozen = std::make_shared<sim::SimState>(*last.state);
  frozen->status = step.status = status;
  ++frozen->step;
  step.state = std::move(frozen);
  step.observation = last.observation;
  step.robot_xy_m = last.robot_xy_m;
}

void EpisodeRecorder::Add(const sim::SafetyGym& gym, const agents::StepOutcome& outcome) {
  const sim::StepRecord last = recorded_.chunks.back().steps.back();
  sim::StepRecord& step = NewStep();
  step.source = outcome.source;
  step.agent = agent_;
  step.overseer = SharedOverseer(outcome.overseer);
  step.executed_action = outcome.executed_action;
  if (outcome.proposed_action != outcome.executed_action) {
    step.proposed_action = outcome.proposed_action.cast<float>();
  }
  const bool diverged = outcome.result.status == sim::EpisodeStatus::kDiverged;
  if (outcome.stopped || diverged) {
    Freeze(last, outcome.result.status, step);
    return;
  }
  step.reward = static_cast<float>(outcome.result.reward);
  step.costs = outcome.result.costs;
  step.goal_met = outcome.result.goal_met;
  ReadState(gym, step);
}

Status SaveRecorded(RecordedEpisode& episode, Project& project) {
  if (episode.chunks.empty()) return {};
  episode.header.id = project.next_episode_id();
  return project.Together([&]() -> Status {
    if (Status saved = project.SaveEpisode(episode.header); !saved.ok()) return saved;
    for (sim::RecordingChunk& chunk : episode.chunks) {
      chunk.episode = episode.header.id;
      if (Status saved = project.SaveChunk(chunk); !saved.ok()) return saved;
    }
    return {};
  });
}

}  // namespace lookout::app
