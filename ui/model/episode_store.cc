#include "ui/model/episode_store.h"

#include <algorithm>

#include "sim/base/check.h"
#include "sim/recording/predicted_cost.h"

namespace lookout::ui {
namespace {

std::size_t BytesOf(const sim::StepRecord& step) {
  const auto doubles = step.state.qpos.size() + step.state.qvel.size() +
                       step.state.qacc_warmstart.size() + step.state.ctrl.size() +
                       step.state.mocap_pos.size() + step.executed_action.size();
  const auto floats = step.observation.size() + step.proposed_action.size();
  return sizeof(step) + static_cast<std::size_t>(doubles) * sizeof(double) +
         static_cast<std::size_t>(floats) * sizeof(float);
}

float LastOrZero(const std::vector<float>& series) { return series.empty() ? 0.0F : series.back(); }

}  // namespace

const sim::StepRecord& EpisodeTrack::step(StepIndex index) const {
  LOOKOUT_CHECK(index >= 0 && index < steps(), "step outside the recorded episode");
  const auto after = std::upper_bound(chunk_first_.begin(), chunk_first_.end(), index);
  const auto chunk = static_cast<std::size_t>(after - chunk_first_.begin()) - 1;
  return chunks_[chunk]->steps[static_cast<std::size_t>(index - chunk_first_[chunk])];
}

bool EpisodeTrack::finished() const {
  return steps() > 0 && sim::IsDone(step(steps() - 1).state.status);
}

void EpisodeTrack::Append(sim::ChunkPtr chunk) {
  LOOKOUT_CHECK(chunk->first_step == steps(), "recording chunk out of order");
  if (chunk->steps.empty()) return;
  for (const sim::StepRecord& record : chunk->steps) AppendSeries(record);
  chunk_first_.push_back(chunk->first_step);
  chunks_.push_back(std::move(chunk));
}

void EpisodeTrack::AppendSeries(const sim::StepRecord& record) {
  const auto total_cost = static_cast<float>(record.costs.total);
  const float predicted = record.predicted_cost;
  return_so_far.push_back(LastOrZero(return_so_far) + record.reward);
  cost_so_far.push_back(LastOrZero(cost_so_far) + total_cost);
  const auto step = static_cast<StepIndex>(predicted_so_far.size());
  predicted_so_far.push_back(LastOrZero(predicted_so_far) + sim::PredictedCostOf(step, predicted));
  auto by_kind = cost_by_kind_so_far.empty() ? std::array<float, sim::kCostKindCount>{}
                                             : cost_by_kind_so_far.back();
  for (std::size_t kind = 0; kind < by_kind.size(); ++kind) {
    by_kind[kind] += static_cast<float>(record.costs.by_kind[kind]);
  }
  cost_by_kind_so_far.push_back(by_kind);
  reward.push_back(record.reward);
  cost.push_back(total_cost);
  predicted_cost.push_back(predicted);
  predicted_spread.push_back(record.predicted_cost_spread);
  bytes_ += BytesOf(record);
}

EpisodeTrack& EpisodeStore::Begin(EpisodeScenePtr scene) {
  const EpisodeId id = scene->header->id;
  auto track = std::make_unique<EpisodeTrack>(std::move(scene));
  EpisodeTrack& begun = *track;
  tracks_[id] = std::move(track);
  UpdateSummary(begun);
  return begun;
}

void EpisodeStore::Append(sim::ChunkPtr chunk) {
  EpisodeTrack* track = Find(chunk->episode);
  if (track == nullptr) return;
  track->Append(std::move(chunk));
  UpdateSummary(*track);
}

EpisodeTrack* EpisodeStore::Find(EpisodeId id) {
  const auto found = tracks_.find(id);
  return found == tracks_.end() ? nullptr : found->second.get();
}

const EpisodeTrack* EpisodeStore::Find(EpisodeId id) const {
  return const_cast<EpisodeStore*>(this)->Find(id);
}

EpisodeSummary& EpisodeStore::SummaryOf(EpisodeId id) {
  // Newest first, so a live episode is found at once.
  auto place = std::lower_bound(
      summaries_.begin(), summaries_.end(), id,
      [](const EpisodeSummary& summary, EpisodeId wanted) { return summary.id > wanted; });
  if (place == summaries_.end() || place->id != id) {
    place = summaries_.insert(place, EpisodeSummary{.id = id});
  }
  return *place;
}

void EpisodeStore::AddSummary(const EpisodeSummary& summary) {
  EpisodeSummary& row = SummaryOf(summary.id);
  const bool in_memory = row.in_memory;
  if (in_memory) return;  // what is in memory is newer
  row = summary;
  row.in_memory = false;
}

void EpisodeStore::UpdateSummary(const EpisodeTrack& track) {
  EpisodeSummary& row = SummaryOf(track.id());
  const sim::EpisodeHeader& header = track.header();
  if (!row.in_memory) {
    row.environment = header.config.id;
    row.agent = header.agent;
    row.seed = header.seed;
    row.started_unix_ms = header.started_unix_ms;
    row.branched_from = header.branched_from;
    row.branched_at = header.branched_at;
    row.in_memory = true;
  }
  row.steps = std::max(0, track.steps() - 1);
  row.episode_return = LastOrZero(track.return_so_far);
  row.cost = LastOrZero(track.cost_so_far);
  row.predicted_cost = LastOrZero(track.predicted_so_far);
}

void EpisodeStore::Trim(std::size_t bytes, const std::set<EpisodeId>& keep) {
  std::size_t held = 0;
  for (const auto& [id, track] : tracks_) held += track->bytes();
  for (auto oldest = tracks_.begin(); held > bytes && oldest != tracks_.end();) {
    if (keep.contains(oldest->first)) {
      ++oldest;
      continue;
    }
    held -= oldest->second->bytes();
    SummaryOf(oldest->first).in_memory = false;
    oldest = tracks_.erase(oldest);
  }
}

}  // namespace lookout::ui
