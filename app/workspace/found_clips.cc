#include "app/workspace/found_clips.h"

#include <algorithm>
#include <utility>

#include "sim/engine/step_duration.h"

namespace lookout::app {
namespace {

ui::EpisodeSummary SummaryOf(const RecordedEpisode& episode) {
  const sim::EpisodeHeader& header = episode.header;
  ui::EpisodeSummary summary{.id = {},
                             .environment = header.config.id,
                             .observation_hash = header.signature.hash(),
                             .agent = header.agent,
                             .seed = header.seed,
                             .started_unix_ms = header.started_unix_ms,
                             .step_duration_s = sim::StepDurationOf(header.config),
                             .finished = true};
  for (const sim::RecordingChunk& chunk : episode.chunks) {
    summary.steps += static_cast<StepIndex>(chunk.steps.size());
    for (const sim::StepRecord& step : chunk.steps) {
      summary.episode_return += double(step.reward);
      summary.cost += step.costs.total;
    }
  }
  summary.steps = std::max<StepIndex>(0, summary.steps - 1);  // a row does not count the reset
  return summary;
}

}  // namespace

EpisodeId HoldEpisode(RecordedEpisode episode, const WorkerLinks& links,
                      ui::EpisodeStore& episodes) {
  ui::EpisodeSummary summary = SummaryOf(episode);
  summary.id = links.hold_episode(std::move(episode));
  episodes.AddSummary(summary);
  return summary.id;
}

EpisodeId KeepEpisode(RecordedEpisode episode, const WorkerLinks& links,
                      ui::EpisodeStore& episodes) {
  const EpisodeId id = HoldEpisode(std::move(episode), links, episodes);
  links.record(id);
  return id;
}

void FoundEpisodes::Adopt(std::map<std::size_t, RecordedEpisode> recorded) {
  recorded_ = std::move(recorded);
  held_.clear();
}

EpisodeId FoundEpisodes::Hold(std::size_t find) {
  if (auto found = recorded_.find(find); found != recorded_.end()) {
    const EpisodeId id = HoldEpisode(std::move(found->second), links_, episodes_);
    recorded_.erase(found);
    held_[find] = id;
    only_looked_at_.insert(id);
    all_held_.push_back(id);
  }
  return held_.at(find);
}

const std::map<std::size_t, EpisodeId>& FoundEpisodes::KeepAll() {
  while (!recorded_.empty()) Hold(recorded_.begin()->first);
  for (const auto& [find, episode] : held_) {
    if (only_looked_at_.erase(episode) > 0) links_.record(episode);
  }
  return held_;
}

ui::Seek ClipReplay::Begin(EpisodeId episode, StepIndex first, StepIndex last) {
  clip_ = Clip{.episode = episode, .last = last};
  return {episode, first};
}

void ClipReplay::Follow(Playback& playback, const ui::EpisodeStore& episodes) {
  if (!clip_) return;
  const ui::Playhead& playhead = playback.playhead();
  const bool here = !playhead.live && playhead.episode == clip_->episode;
  if (!clip_->begun) {
    if (!here) return;  // it is on its way from the project
    clip_->begun = true;
    playback.SetReplaying(episodes, true);
  } else if (!here || !playhead.replaying) {
    clip_.reset();  // the person has taken over
  } else if (playhead.step >= clip_->last) {
    playback.SetReplaying(episodes, false);
    clip_.reset();
  }
}

}  // namespace lookout::app
