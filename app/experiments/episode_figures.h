// What episodes of an agent came to in the mean, with intervals over the episodes. Pure functions;
// any thread.
#pragma once

#include <span>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "agents/feedback/models/cost_model.h"
#include "app/experiments/study_episodes.h"

namespace lookout::app {

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
