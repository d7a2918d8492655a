// Two cost models side by side on the same episodes, against one reference: what `lookout cost`
// measures of each, where they differ, and what each makes of every episode. Values; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "agents/feedback/evaluation/cost_differences.h"
#include "agents/feedback/evaluation/cost_evaluation.h"
#include "agents/feedback/targets/label_set.h"

namespace lookout::agents {

struct EpisodeCosts {
  EpisodeId id;
  double truth = 0.0;  // what the reference charges, summed over the steps that it judges
  std::array<double, 2> learned{};  // the same of the models
};

struct TwoModels {
  std::array<CostEvaluation, 2> models;
  ModelComparison comparison;
  std::vector<CostDifference> differences;  // the greatest first; `episode` counts in `episodes`
  std::vector<EpisodeCosts> episodes;
};

// episodes: at least one, scored by two models.
TwoModels CompareTwo(std::span<const ScoredEpisode> episodes, const EvaluationSettings& settings,
                     std::size_t most_differences);

// The same episodes with labels as the reference: a step that is labelled unsafe (safe) costs 1
// (0), and a step without a label has no prediction, so that it counts nowhere. Episodes without a
// labelled step are left out. labels: of points ordered by episode and step.
std::vector<ScoredEpisode> AgainstLabels(std::span<const ScoredEpisode> episodes,
                                         const LabelSet& labels);

}  // namespace lookout::agents
