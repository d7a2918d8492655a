#include "agents/feedback/agreement/recorded_episode.h"

#include <algorithm>

namespace lookout::agents {
namespace {

double StepDuration(const sim::EpisodeHeader& header, std::span<const sim::ChunkPtr> chunks,
                    double fallback) {
  if (header.imported) return header.imported->step_duration_s;
  for (const sim::ChunkPtr& chunk : chunks) {
    if (chunk->steps.size() < 2) continue;
    const sim::SimStatePtr& first = chunk->steps.front().state;
    const sim::SimStatePtr& last = chunk->steps.back().state;
    if (first == nullptr || last == nullptr || last->time_s <= first->time_s) continue;
    return (last->time_s - first->time_s) / static_cast<double>(chunk->steps.size() - 1);
  }
  return fallback;
}

}  // namespace

RecordedEpisode DescribeRecorded(const sim::EpisodeHeader& header,
                                 std::span<const sim::ChunkPtr> chunks) {
  RecordedEpisode episode{.id = header.id, .rule_costs = {}};
  episode.step_duration_s = StepDuration(header, chunks, episode.step_duration_s);
  bool has_rule = !header.imported || !header.imported->cost_kinds.empty();
  for (const sim::ChunkPtr& chunk : chunks) {
    for (const sim::StepRecord& step : chunk->steps) {
      episode.rule_costs.push_back(static_cast<float>(step.costs.total));
      has_rule = has_rule || step.costs.total > 0.0;
    }
  }
  episode.steps = static_cast<StepIndex>(episode.rule_costs.size());
  if (!has_rule) episode.rule_costs.clear();
  return episode;
}

}  // namespace lookout::agents
