#include "app/workers/fit_request.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

namespace lookout::app {
namespace {

int ObservationDim(const FitEpisode& episode) {
  const bool empty = episode.chunks.empty() || episode.chunks.front()->steps.empty();
  return empty ? 0 : static_cast<int>(episode.chunks.front()->steps.front().observation.size());
}

StepIndex StepCount(const FitEpisode& episode) {
  const sim::RecordingChunk& last = *episode.chunks.back();
  return last.first_step + static_cast<StepIndex>(last.steps.size());
}

std::span<const float> ObservationAt(const FitEpisode& episode, StepIndex step) {
  const auto after = std::upper_bound(
      episode.chunks.begin(), episode.chunks.end(), step,
      [](StepIndex wanted, const sim::ChunkPtr& chunk) { return wanted < chunk->first_step; });
  if (after == episode.chunks.begin()) return {};
  const sim::RecordingChunk& chunk = **std::prev(after);
  const StepIndex offset = step - chunk.first_step;
  if (offset >= static_cast<StepIndex>(chunk.steps.size())) return {};
  const Eigen::VectorXf& observation = chunk.steps[static_cast<std::size_t>(offset)].observation;
  return {observation.data(), static_cast<std::size_t>(observation.size())};
}

}  // namespace

FitRequest MakeFitRequest(const agents::MarkSet& marks, const ui::EpisodeBook& episodes,
                          const agents::LabelRule& rule, int observation_dim,
                          std::vector<EpisodeId>* missing) {
  FitRequest request;
  request.rule = rule;
  request.observation_dim = observation_dim;
  std::set<EpisodeId> marked;
  for (const auto& [id, mark] : marks.marks()) {
    request.marks.push_back(mark);
    marked.insert(mark.episode);
  }
  for (const EpisodeId id : marked) {
    if (const ui::EpisodeTrack* track = episodes.Find(id)) {
      request.episodes.push_back({id, track->chunks()});
    } else if (missing) {
      missing->push_back(id);
    }
  }
  return request;
}

Result<agents::DerivedLabels> LabelsOf(const FitRequest& request) {
  std::unordered_map<EpisodeId, const FitEpisode*> by_id;
  std::vector<std::pair<EpisodeId, StepIndex>> lengths;
  for (const FitEpisode& episode : request.episodes) {
    if (ObservationDim(episode) != request.observation_dim) continue;
    by_id[episode.id] = &episode;
    lengths.emplace_back(episode.id, StepCount(episode));
  }
  return agents::DeriveLabels(request.marks, request.rule, lengths, request.observation_dim,
                              [&](EpisodeId id, StepIndex step) -> std::span<const float> {
                                const auto found = by_id.find(id);
                                if (found == by_id.end()) return {};
                                return ObservationAt(*found->second, step);
                              });
}

}  // namespace lookout::app
