// How good a cost model is against the environment's rule, on episodes that both have judged. Pure
// functions; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "agents/feedback/agreement/verdict_counts.h"
#include "agents/feedback/evaluation/scored_episode.h"
#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/models/evaluation.h"
#include "agents/feedback/models/unsafe_threshold.h"

namespace lookout::agents {

struct EvaluationSettings {
  float unsafe_from = kUnsafeFrom;  // predictions of at least this are verdicts of unsafe
  double limit = 25.0;              // cost that is allowed in an episode
  int bootstrap = 1000;             // draws for each interval; 0: no intervals
  std::uint32_t seed = 1;           // of the draws
};

// Errors by a kind of danger. A step that the rule charges for several kinds counts to each.
struct DangerErrors {
  std::size_t kind = kOtherDanger;  // see DangerKinds
  std::int64_t charged = 0;         // steps that the rule charges for it
  std::int64_t missed = 0;          // of them, called safe
  Estimate miss_rate;
  std::int64_t false_alarms = 0;  // of those that have it nearest of all
};

// Of the steps that the model can judge; for the others, see not_judged, it predicts no cost.
// Rates are NaN where there is nothing that they could be of.
struct CostEvaluation {
  std::int64_t episodes = 0;
  std::int64_t steps = 0;
  std::int64_t not_judged = 0;  // steps whose prediction is NaN
  Estimate ratio;               // learned_cost over true_cost; 1: neither too much nor too little
  Estimate learned_cost;        // per episode: the sum of the predictions (predicted_cost.h)
  Estimate true_cost;           // per episode: what the rule charged
  double auc = 0.0;
  double brier = 0.0;
  double calibration_error = 0.0;
  std::vector<ReliabilityBin> reliability;
  std::vector<RocPoint> roc;  // thinned to what a plot can show
  VerdictCounts verdicts;     // steps called unsafe: first by the model, second by the rule
  Estimate miss_rate;         // of the steps that the rule charges
  Estimate false_alarm_rate;  // of the steps that it does not
  std::vector<DangerErrors> by_danger;  // kinds that occur, in the order of DangerKinds
  std::int64_t false_alarms_near_nothing = 0;
  double mean_spread = 0.0;  // of the ensemble, over the steps
  VerdictCounts over_limit;  // episodes beyond the limit: first by the learned cost, second true
};

// The same for the model of that number in all episodes. Same episodes and settings: same figures.
CostEvaluation EvaluateCostModel(std::span<const ScoredEpisode> episodes, std::size_t model,
                                 const EvaluationSettings& settings);

// Two models on the steps that both can judge.
struct ModelComparison {
  std::size_t first = 0;  // their numbers
  std::size_t second = 0;
  std::int64_t steps = 0;
  std::int64_t first_right = 0;  // steps on which they differ and the rule agrees with the first
  std::int64_t second_right = 0;
  Estimate first_share;  // of the steps on which they differ, those on which the first is right
  std::int64_t differ() const { return first_right + second_right; }
};

// Every pair of models once.
std::vector<ModelComparison> CompareCostModels(std::span<const ScoredEpisode> episodes,
                                               const EvaluationSettings& settings);

}  // namespace lookout::agents
