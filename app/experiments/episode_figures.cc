#include "app/experiments/episode_figures.h"

#include <cstdint>
#include <vector>

#include "app/experiments/simulated_sitting.h"

namespace lookout::app {
namespace {

constexpr int kDraws = 1000;
constexpr std::uint32_t kSeed = 1;

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
  EpisodeFigures figures{.total_reward = agents::MeanOver(rewards, bootstrap),
                         .true_cost = agents::MeanOver(rule, bootstrap),
                         .meant_cost = agents::MeanOver(meant, bootstrap),
                         .learned_cost = {}};
  if (model != nullptr) figures.learned_cost = agents::MeanOver(learned, bootstrap);
  return figures;
}

}  // namespace lookout::app
