#include "ui/model/episode_store.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <string_view>

#include "sim/base/check.h"
#include "sim/recording/predicted_cost.h"

namespace lookout::ui {
namespace {

// What the heap and Eigen's alignment add to a block.
constexpr std::size_t kBlockOverhead = 80;

template <typename Vector>
std::size_t HeapBytes(const Vector& vector) {
  const auto bytes = static_cast<std::size_t>(vector.size()) * sizeof(*vector.data());
  return bytes == 0 ? 0 : bytes + kBlockOverhead;
}

std::size_t BytesOf(const sim::StepRecord& step) {
  std::size_t bytes = sizeof(step) + HeapBytes(step.observation) + HeapBytes(step.proposed_action) +
                      HeapBytes(step.executed_action) + HeapBytes(step.other_costs);
  if (step.state) {
    const sim::SimState& state = *step.state;
    bytes += sizeof(state) + kBlockOverhead + HeapBytes(state.qpos) + HeapBytes(state.qvel) +
             HeapBytes(state.qacc_warmstart) + HeapBytes(state.ctrl) + HeapBytes(state.mocap_pos);
  }
  return bytes;
}

// The per-step series of a track, with the room that they grow into.
constexpr std::size_t kSeriesBytes = 2 * (7 + sim::kCostKindCount) * sizeof(float);

float LastOrZero(const std::vector<float>& series) { return series.empty() ? 0.0F : series.back(); }

}  // namespace

EpisodeTrack::EpisodeTrack(EpisodeScenePtr scene)
    : scene_(std::move(scene)), bytes_(sizeof(EpisodeScene) + sim::BytesOf(scene_->model)) {}

const sim::StepRecord& EpisodeTrack::step(StepIndex index) const {
  LOOKOUT_CHECK(index >= 0 && index < steps(), "step outside the recorded episode");
  const auto after = std::upper_bound(chunk_first_.begin(), chunk_first_.end(), index);
  const auto chunk = static_cast<std::size_t>(after - chunk_first_.begin()) - 1;
  return chunks_[chunk]->steps[static_cast<std::size_t>(index - chunk_first_[chunk])];
}

bool EpisodeTrack::finished() const { return steps() > 0 && sim::IsDone(step(steps() - 1).status); }

void EpisodeTrack::Append(sim::ChunkPtr chunk) {
  LOOKOUT_CHECK(chunk->first_step == steps(), "recording chunk out of order");
  if (chunk->steps.empty()) return;
  const std::string_view agent = hand_overs_.empty() ? header().agent : hand_overs_.back().agent;
  std::ranges::move(sim::HandOversIn(header(), agent, *chunk), std::back_inserter(hand_overs_));
  for (const sim::StepRecord& record : chunk->steps) AppendSeries(record);
  AppendOtherCosts(*chunk);
  chunk_first_.push_back(chunk->first_step);
  chunks_.push_back(std::move(chunk));
}

const ActorSpan* EpisodeTrack::ActorAt(StepIndex step) const {
  if (step < 0 || step >= steps()) return nullptr;
  const auto after = std::ranges::upper_bound(actors_, step, {}, &ActorSpan::first);
  return after == actors_.begin() ? nullptr : &*std::prev(after);
}

void EpisodeTrack::AppendSeries(const sim::StepRecord& record) {
  const std::string_view actor = sim::ActorOf(header(), record);
  const bool overseen = record.overseer != nullptr;
  const bool same = !actors_.empty() && actors_.back().name == actor &&
                    actors_.back().source == record.source && actors_.back().overseen == overseen;
  if (!actor.empty() && !same) {
    actors_.push_back({steps(), std::string(actor), record.source, overseen});
    bytes_ += sizeof(ActorSpan) + kBlockOverhead;
  }
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
  bytes_ += BytesOf(record) + kSeriesBytes;
}

// Chunks may name different ones: a cost that a chunk does not name was 0.
void EpisodeTrack::AppendOtherCosts(const sim::RecordingChunk& chunk) {
  const std::size_t before = reward.size() - chunk.steps.size();
  for (const std::string& name : chunk.other_cost_names) {
    if (std::ranges::find(other_costs, name, &OtherCost::name) != other_costs.end()) continue;
    other_costs.push_back({name, std::vector<float>(before, 0.0F)});
    bytes_ += sizeof(OtherCost) + name.size() + kBlockOverhead;
  }
  for (OtherCost& other : other_costs) {
    const auto named = std::ranges::find(chunk.other_cost_names, other.name);
    const Eigen::Index place = named - chunk.other_cost_names.begin();
    for (const sim::StepRecord& record : chunk.steps) {
      const double now = place < record.other_costs.size() ? record.other_costs[place] : 0.0;
      other.so_far.push_back(LastOrZero(other.so_far) + static_cast<float>(now));
    }
    bytes_ += 2 * chunk.steps.size() * sizeof(float);
  }
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

const EpisodeSummary* EpisodeStore::FindSummary(EpisodeId id) const {
  // Newest first.
  const auto place = std::ranges::lower_bound(summaries_, id, std::greater{}, &EpisodeSummary::id);
  return place != summaries_.end() && place->id == id ? &*place : nullptr;
}

double EpisodeStore::StepDuration(EpisodeId id) const {
  const EpisodeSummary* row = FindSummary(id);
  return row != nullptr ? row->step_duration_s : EpisodeSummary{}.step_duration_s;
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
    row.observation_hash = track.scene().spec.signature().hash();
    row.seed = header.seed;
    row.started_unix_ms = header.started_unix_ms;
    row.branched_from = header.branched_from;
    row.branched_at = header.branched_at;
    row.step_duration_s = track.scene().spec.step_duration_s;
    row.imported = header.imported.has_value();
    row.in_memory = true;
  }
  row.agent = track.agents_in_words();
  row.finished = track.finished();
  row.steps = std::max(0, track.steps() - 1);
  row.episode_return = LastOrZero(track.return_so_far);
  row.cost = LastOrZero(track.cost_so_far);
  row.predicted_cost = LastOrZero(track.predicted_so_far);
}

std::size_t EpisodeStore::bytes() const {
  std::size_t held = 0;
  for (const auto& [id, track] : tracks_) held += track->bytes();
  return held;
}

void EpisodeStore::Trim(std::size_t bytes, std::size_t rows, const std::set<EpisodeId>& keep,
                        const std::set<EpisodeId>& listed) {
  std::size_t held = this->bytes();
  for (auto oldest = tracks_.begin(); held > bytes && oldest != tracks_.end();) {
    if (keep.contains(oldest->first)) {
      ++oldest;
      continue;
    }
    held -= oldest->second->bytes();
    SummaryOf(oldest->first).in_memory = false;
    oldest = tracks_.erase(oldest);
  }
  std::erase_if(summaries_, [&](const EpisodeSummary& row) {
    if (row.imported || keep.contains(row.id) || listed.contains(row.id)) return false;
    if (rows > 0) {
      --rows;
      return false;
    }
    return !row.in_memory;
  });
}

}  // namespace lookout::ui
