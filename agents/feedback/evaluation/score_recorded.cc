#include "agents/feedback/evaluation/score_recorded.h"

#include <algorithm>

#include "agents/feedback/agreement/recorded_episode.h"

namespace lookout::agents {
namespace {

using Chunks = std::span<const sim::ChunkPtr>;

Eigen::Index ActionDimOf(Chunks chunks) {
  for (const sim::ChunkPtr& chunk : chunks) {
    for (const sim::StepRecord& step : chunk->steps) {
      if (step.executed_action.size() > 0) return step.executed_action.size();
    }
  }
  return 0;
}

EpisodeSteps StepsOf(Chunks chunks, const sim::EnvironmentSpec& spec, const DangerLidars& lidars) {
  EpisodeSteps steps(lidars, spec.observation_dim, ActionDimOf(chunks));
  bool begun = false;
  for (const sim::ChunkPtr& chunk : chunks) {
    for (const sim::StepRecord& step : chunk->steps) {
      if (begun) {
        steps.Add(step.executed_action.cast<float>(), step.observation, step.costs);
      } else {
        steps.Begin(step.observation);
      }
      begun = true;
    }
  }
  return steps;
}

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
  ScoredEpisode episode = StepsOf(chunks, spec, lidars).Score(models);
  episode.id = header.id;
  episode.seed = header.seed;
  for (const sim::ChunkPtr& chunk : chunks) {
    for (const sim::StepRecord& step : chunk->steps) episode.total_reward += double(step.reward);
  }
  return episode;
}

}  // namespace lookout::agents
