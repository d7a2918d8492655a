#include "app/workers/fitter/fit_request.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace lookout::app {
namespace {

using Chunks = std::vector<sim::ChunkPtr>;

int ObservationDim(const Chunks& chunks) {
  const bool empty = chunks.empty() || chunks.front()->steps.empty();
  return empty ? 0 : static_cast<int>(chunks.front()->steps.front().observation.size());
}

StepIndex StepCount(const Chunks& chunks) {
  const sim::RecordingChunk& last = *chunks.back();
  return last.first_step + static_cast<StepIndex>(last.steps.size());
}

std::span<const float> ObservationAt(const Chunks& chunks, StepIndex step) {
  const auto after = std::upper_bound(
      chunks.begin(), chunks.end(), step,
      [](StepIndex wanted, const sim::ChunkPtr& chunk) { return wanted < chunk->first_step; });
  if (after == chunks.begin()) return {};
  const sim::RecordingChunk& chunk = **std::prev(after);
  const StepIndex offset = step - chunk.first_step;
  if (offset >= static_cast<StepIndex>(chunk.steps.size())) return {};
  const Eigen::VectorXf& observation = chunk.steps[static_cast<std::size_t>(offset)].observation;
  return {observation.data(), static_cast<std::size_t>(observation.size())};
}

}  // namespace

Result<agents::DerivedLabels> LabelsOf(const FitRequest& request) {
  std::unordered_map<EpisodeId, const Chunks*> by_id;
  std::vector<std::pair<EpisodeId, StepIndex>> lengths;
  const int observation_dim = request.signature.observation_dim();
  for (const auto& [id, chunks] : request.episodes) {
    if (chunks.empty() || ObservationDim(chunks) != observation_dim) continue;
    by_id[id] = &chunks;
    lengths.emplace_back(id, StepCount(chunks));
  }
  return agents::DeriveLabels(request.feedback, request.rule, lengths, observation_dim,
                              [&](EpisodeId id, StepIndex step) -> std::span<const float> {
                                const auto found = by_id.find(id);
                                if (found == by_id.end()) return {};
                                return ObservationAt(*found->second, step);
                              });
}

}  // namespace lookout::app
