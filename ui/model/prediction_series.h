// What a cost model predicts for the steps of an episode, beside what was predicted while it was
// recorded. Value type; any thread.
#pragma once

#include <vector>

#include "sim/base/ids.h"
#include "sim/recording/predicted_cost.h"

namespace lookout::ui {

struct PredictionSeries {
  EpisodeId episode;
  CostModelId model;
  // Of each step from 0 on, as far as it is known.
  std::vector<float> cost;    // probability of unsafe; NaN where an observation is not finite
  std::vector<float> spread;  // of the ensemble
  std::vector<float> so_far;  // see sim::PredictedCostOf

  StepIndex steps() const { return static_cast<StepIndex>(cost.size()); }
  void Append(float predicted, float predicted_spread) {
    const float before = so_far.empty() ? 0.0F : so_far.back();
    so_far.push_back(before + sim::PredictedCostOf(steps(), predicted));
    cost.push_back(predicted);
    spread.push_back(predicted_spread);
  }
};

}  // namespace lookout::ui
