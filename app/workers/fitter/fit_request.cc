#include "app/workers/fitter/fit_request.h"

#include <unordered_map>
#include <utility>

namespace lookout::app {
namespace {

using Chunks = std::vector<sim::ChunkPtr>;

int ObservationDim(const Chunks& chunks) {
  const bool empty = chunks.empty() || chunks.front()->steps.empty();
  return empty ? 0 : static_cast<int>(chunks.front()->steps.front().observation.size());
}

// Of its first recorded action; 0 where none is.
int ActionDim(const Chunks& chunks) {
  for (const sim::ChunkPtr& chunk : chunks) {
    for (const sim::StepRecord& step : chunk->steps) {
      if (step.executed_action.size() > 0) return static_cast<int>(step.executed_action.size());
    }
  }
  return 0;
}

}  // namespace

Result<agents::DerivedLabels> LabelsOf(const FitRequest& request,
                                       const agents::CostModelSettings& settings,
                                       EpisodeFactsCache& facts) {
  std::unordered_map<EpisodeId, const Chunks*> by_id;
  std::vector<std::pair<EpisodeId, StepIndex>> lengths;
  const int observation_dim = request.signature.observation_dim();
  agents::LabelRule rule{.annotators = settings.annotators, .history = settings.history};
  for (const auto& [id, chunks] : request.episodes) {
    if (chunks.empty() || ObservationDim(chunks) != observation_dim) continue;
    by_id[id] = &chunks;
    lengths.emplace_back(id, StepCount(chunks));
    if (settings.with_action && rule.action_dim == 0) rule.action_dim = ActionDim(chunks);
  }
  RecordedPlaces places(facts);
  for (const auto& [id, header] : request.headers) {
    const auto found = by_id.find(id);
    if (found != by_id.end()) places.Add(header, *found->second);
  }
  const auto observation_of = [&](EpisodeId id, StepIndex step) -> std::span<const float> {
    const auto found = by_id.find(id);
    if (found == by_id.end()) return {};
    const sim::StepRecord* record = FindStep(*found->second, step);
    if (record == nullptr) return {};
    return {record->observation.data(), static_cast<std::size_t>(record->observation.size())};
  };
  const auto action_of = [&](EpisodeId id, StepIndex step) -> std::span<const double> {
    const auto found = by_id.find(id);
    const sim::StepRecord* record = found == by_id.end() ? nullptr : FindStep(*found->second, step);
    if (record == nullptr) return {};
    const Eigen::VectorXd& action = record->executed_action;
    return {action.data(), static_cast<std::size_t>(action.size())};
  };
  return agents::DeriveLabels(request.feedback, rule, lengths, observation_dim, observation_of,
                              &places, action_of);
}

}  // namespace lookout::app
