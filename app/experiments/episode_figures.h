// What episodes of an agent came to in the mean, with intervals over the episodes. Pure functions;
// any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "agents/feedback/models/cost_model.h"
#include "app/experiments/study_episodes.h"

namespace lookout::app {

// Of each episode, see EpisodeFigures. learned_cost is empty without a cost model.
struct EpisodeSums {
  std::vector<double> total_reward;
  std::vector<double> true_cost;
  std::vector<double> meant_cost;
  std::vector<double> learned_cost;
};

// model: that fits the episodes; null: none.
EpisodeSums SumsOf(std::span<const StudyEpisode> episodes, const agents::CostModel* model);

// Of all steps after the resets, one after the other.
struct StepScores {
  std::vector<float> predicted;      // cost
  std::vector<std::uint8_t> unsafe;  // to a faultless eye
};
StepScores ScoreSteps(std::span<const StudyEpisode> episodes, const agents::CostModel& model);

// Per episode.
struct EpisodeFigures {
  agents::Estimate total_reward;  // the return
  agents::Estimate true_cost;     // that the environment's rule charged
  // Steps that the annotator holds for dangerous, as a faultless eye sees them.
  agents::Estimate meant_cost;
  agents::Estimate learned_cost;  // sum of the predictions; NaN without a cost model
};

// model: that fits the episodes; null: none. The intervals are of 95 %.
EpisodeFigures FiguresOf(std::span<const StudyEpisode> episodes, const agents::CostModel* model);

}  // namespace lookout::app
