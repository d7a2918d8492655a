#include "app/experiments/episode_figures.h"

#include <cstdint>
#include <vector>

#include "app/experiments/simulated_sitting.h"

namespace lookout::app {
namespace {

constexpr int kDraws = 1000;
constexpr std::uint32_t kSeed = 1;

agents::Estimate MeanOf(const std::vector<double>& values,
                        const agents::EpisodeBootstrap& bootstrap) {
  return bootstrap.Of([&](std::span<const std::uint16_t> weights) {
    double sum = 0.0;
    double count = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      sum += double(weights[i]) * values[i];
      count += double(weights[i]);
    }
    return sum / count;
  });
}

}  // namespace

EpisodeFigures FiguresOf(std::span<const StudyEpisode> episodes, const agents::CostModel* model) {
  agents::CostModelWorkspace workspace;
  std::vector<double> rewards;
  std::vector<double> rule;
  std::vector<double> meant;
  std::vector<double> learned;
  for (const StudyEpisode& episode : episodes) {
    rewards.push_back(episode.total_reward);
    rule.push_back(episode.rule_cost);
    meant.push_back(episode.unsafe_steps());
    if (model != nullptr) {
      learned.push_back(PredictSteps(episode, *model, workspace).total_cost());
    }
  }
  const agents::EpisodeBootstrap bootstrap(static_cast<int>(episodes.size()), kDraws, kSeed);
  EpisodeFigures figures{.total_reward = MeanOf(rewards, bootstrap),
                         .true_cost = MeanOf(rule, bootstrap),
                         .meant_cost = MeanOf(meant, bootstrap),
                         .learned_cost = {}};
  if (model != nullptr) figures.learned_cost = MeanOf(learned, bootstrap);
  return figures;
}

}  // namespace lookout::app
