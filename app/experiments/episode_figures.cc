#include "app/experiments/episode_figures.h"

#include "app/experiments/simulated_sitting.h"

namespace lookout::app {
namespace {

constexpr int kDraws = 1000;
constexpr std::uint32_t kSeed = 1;

}  // namespace

EpisodeSums SumsOf(std::span<const StudyEpisode> episodes, const agents::CostModel* model) {
  agents::CostModelWorkspace workspace;
  EpisodeSums sums;
  for (const StudyEpisode& episode : episodes) {
    sums.total_reward.push_back(episode.total_reward);
    sums.true_cost.push_back(episode.rule_cost);
    sums.meant_cost.push_back(episode.unsafe_steps());
    if (model != nullptr) {
      sums.learned_cost.push_back(PredictSteps(episode, *model, workspace).total_cost());
    }
  }
  return sums;
}

StepScores ScoreSteps(std::span<const StudyEpisode> episodes, const agents::CostModel& model) {
  agents::CostModelWorkspace workspace;
  StepScores scores;
  for (const StudyEpisode& episode : episodes) {
    const PredictedSteps predicted = PredictSteps(episode, model, workspace);
    for (std::size_t step = 1; step < episode.seen.size(); ++step) {
      scores.predicted.push_back(predicted.cost[step]);
      scores.unsafe.push_back(episode.seen[step].margin > 0.0F ? 1 : 0);
    }
  }
  return scores;
}

EpisodeFigures FiguresOf(std::span<const StudyEpisode> episodes, const agents::CostModel* model) {
  const EpisodeSums sums = SumsOf(episodes, model);
  const agents::EpisodeBootstrap bootstrap(static_cast<int>(episodes.size()), kDraws, kSeed);
  EpisodeFigures figures{.total_reward = agents::MeanOver(sums.total_reward, bootstrap),
                         .true_cost = agents::MeanOver(sums.true_cost, bootstrap),
                         .meant_cost = agents::MeanOver(sums.meant_cost, bootstrap),
                         .learned_cost = {}};
  if (model != nullptr) figures.learned_cost = agents::MeanOver(sums.learned_cost, bootstrap);
  return figures;
}

}  // namespace lookout::app
