// Marks for tests of the fitter.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "agents/feedback/annotators/simulated_annotator.h"
#include "app/workers/fitter/fit_request.h"
#include "sim/base/random_state.h"

namespace lookout::app {

// An episode whose first observed number wanders between 0 and 1; beyond 0.6 the rule charges.
inline std::vector<sim::ChunkPtr> WanderingEpisode(EpisodeId id, int steps, RandomState& random) {
  std::vector<sim::ChunkPtr> chunks;
  auto chunk = std::make_shared<sim::RecordingChunk>();
  double x = random.RandomSample();
  for (int step = 0; step < steps; ++step) {
    if (chunk->steps.empty()) *chunk = {.episode = id, .first_step = step};
    x = std::clamp(x + 0.3 * (random.RandomSample() - 0.5), 0.0, 1.0);
    sim::StepRecord record;
    record.observation = Eigen::Vector3f(static_cast<float>(x), static_cast<float>(step % 7), 1.0F);
    if (step > 0) record.executed_action = Eigen::Vector2d(x, double(step));
    record.costs.total = x > 0.6 ? 1.0 : 0.0;
    chunk->steps.push_back(record);
    if (chunk->steps.size() < 50 && step + 1 < steps) continue;
    chunks.push_back(std::exchange(chunk, std::make_shared<sim::RecordingChunk>()));
  }
  return chunks;
}

inline sim::ObservationSignature Wandering() {
  return sim::ObservationSignature({{"place", 1}, {"time", 1}, {"one", 1}});
}

// What an oracle that never errs marks in a few such episodes, which are not in memory.
inline FitRequest OracleRequest(int episodes, int steps = 400) {
  RandomState random(5);
  FitRequest request;
  request.environment = "toy";
  request.signature = Wandering();
  const auto recorded = std::make_shared<std::map<EpisodeId, Recording>>();
  request.load = [recorded](EpisodeId id) -> Result<Recording> { return recorded->at(id); };
  for (int i = 1; i <= episodes; ++i) {
    const EpisodeId id{i};
    request.episodes.emplace_back(id, steps);
    Recording& recording = (*recorded)[id];
    recording.chunks = WanderingEpisode(id, steps, random);
    std::vector<float> costs;
    for (const auto& chunk : recording.chunks) {
      for (const auto& step : chunk->steps) costs.push_back(static_cast<float>(step.costs.total));
    }
    for (agents::Mark mark : agents::AnnotateEpisode(id, costs, {}, random)) {
      mark.id = MarkId{static_cast<std::int64_t>(request.feedback.size()) + 1};
      request.feedback.push_back(RecordOf(mark));
    }
  }
  return request;
}

}  // namespace lookout::app
