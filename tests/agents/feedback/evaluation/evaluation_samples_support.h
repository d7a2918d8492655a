// Two episodes of four steps each, judged by two models, whose figures can be worked out by hand.
#pragma once

#include <vector>

#include "agents/feedback/evaluation/scored_episode.h"

namespace lookout::agents::test {

constexpr auto kHazard = static_cast<std::size_t>(sim::SceneObjectKind::kHazard);
constexpr auto kVase = static_cast<std::size_t>(sim::SceneObjectKind::kVase);

inline StepTruth Charged(std::size_t kind) {
  StepTruth truth{.cost = 1.0F, .charged = {}, .nearest = kind};
  truth.charged.set(kind);
  return truth;
}
inline StepTruth Safe(std::optional<std::size_t> nearest = {}) {
  return {.cost = 0.0F, .charged = {}, .nearest = nearest};
}

inline std::vector<CostPrediction> Predictions(const std::vector<float>& probabilities,
                                               float spread) {
  std::vector<CostPrediction> predictions;
  for (const float probability : probabilities) predictions.push_back({probability, spread});
  return predictions;
}

inline std::vector<ScoredEpisode> TwoEpisodes() {
  return {{.id = EpisodeId{7},
           .seed = 3,
           .truth = {Charged(kHazard), Charged(kHazard), Safe(kVase), Safe(kHazard)},
           .predicted = {Predictions({0.9375F, 0.25F, 0.625F, 0.125F}, 0.25F),
                         Predictions({0.9375F, 0.75F, 0.625F, 0.75F}, 0.0F)}},
          {.id = EpisodeId{8},
           .seed = 4,
           .truth = {Charged(kVase), Safe(), Safe(), Safe()},
           .predicted = {Predictions({0.8125F, 0.375F, 0.125F, 0.75F}, 0.0F),
                         Predictions({0.9375F, 0.375F, 0.125F, 0.25F}, 0.0F)}}};
}

}  // namespace lookout::agents::test
