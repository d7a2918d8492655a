#include "agents/feedback/evaluation/score_recorded.h"

#include <algorithm>

#include "agents/feedback/agreement/recorded_episode.h"

namespace lookout::agents {
namespace {

using Chunks = std::span<const sim::ChunkPtr>;

}  // namespace

std::variant<ScoredEpisode, NotScored> ScoreRecordedEpisode(const sim::EpisodeHeader& header,
                                                            const sim::EnvironmentSpec& spec,
                                                            Chunks chunks,
                                                            std::span<const CostModelPtr> models) {
  const auto fits = [&](const CostModelPtr& model) { return model->CheckFits(spec).ok(); };
  if (!std::ranges::all_of(models, fits)) return NotScored::kOtherObservation;
  if (chunks.empty() || chunks.back()->steps.empty()) return NotScored::kNothingRecorded;
  if (chunks.back()->steps.back().status == sim::EpisodeStatus::kDiverged) {
    return NotScored::kDiverged;
  }
  if (DescribeRecorded(header, chunks).rule_costs.empty()) return NotScored::kWithoutRule;
  const DangerLidars lidars(spec.signature());
  ScoredEpisode episode = StepsOf(chunks, lidars, spec.observation_dim).Score(models);
  episode.id = header.id;
  episode.seed = header.seed;
  for (const sim::ChunkPtr& chunk : chunks) {
    for (const sim::StepRecord& step : chunk->steps) episode.total_reward += double(step.reward);
  }
  return episode;
}

}  // namespace lookout::agents
