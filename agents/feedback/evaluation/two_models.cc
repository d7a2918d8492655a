#include "agents/feedback/evaluation/two_models.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/base/check.h"
#include "sim/recording/predicted_cost.h"

namespace lookout::agents {
namespace {

// A step counts for all three or, where a model cannot judge it, for none.
EpisodeCosts CostsOf(const ScoredEpisode& episode) {
  EpisodeCosts costs{.id = episode.id};
  for (std::size_t i = 0; i < episode.truth.size(); ++i) {
    const float first = episode.predicted[0][i].probability;
    const float second = episode.predicted[1][i].probability;
    if (std::isnan(first) || std::isnan(second)) continue;
    const StepIndex step = ScoredEpisode::StepOf(i);
    costs.truth += double(episode.truth[i].cost);
    costs.learned[0] += double(sim::PredictedCostOf(step, first));
    costs.learned[1] += double(sim::PredictedCostOf(step, second));
  }
  return costs;
}

// What a label says of a step instead of the rule.
void SetTruth(bool unsafe, StepTruth& truth) {
  truth.cost = unsafe ? 1.0F : 0.0F;
  truth.charged.reset();
  if (unsafe) truth.charged.set(kOtherDanger);
}

}  // namespace

TwoModels CompareTwo(std::span<const ScoredEpisode> episodes, const EvaluationSettings& settings,
                     std::size_t most_differences) {
  LOOKOUT_CHECK(!episodes.empty() && episodes.front().predicted.size() == 2,
                "episodes that two models have scored");
  TwoModels two;
  for (std::size_t model = 0; model < two.models.size(); ++model) {
    two.models[model] = EvaluateCostModel(episodes, model, settings);
  }
  two.comparison = CompareCostModels(episodes, settings).front();
  two.differences = WorstDifferences(episodes, 0, 1, settings.unsafe_from, most_differences);
  for (const ScoredEpisode& episode : episodes) two.episodes.push_back(CostsOf(episode));
  return two;
}

std::vector<ScoredEpisode> AgainstLabels(std::span<const ScoredEpisode> episodes,
                                         const LabelSet& labels) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  std::vector<ScoredEpisode> labelled;
  for (const ScoredEpisode& episode : episodes) {
    const auto end = std::ranges::upper_bound(labels.points, episode.id, {}, &TargetPoint::episode);
    ScoredEpisode judged = episode;
    for (auto& predictions : judged.predicted) {
      predictions.assign(episode.truth.size(), {.probability = kNan, .spread = kNan});
    }
    for (StepTruth& truth : judged.truth) SetTruth(false, truth);
    bool any = false;
    for (auto at = std::ranges::lower_bound(labels.points, episode.id, {}, &TargetPoint::episode);
         at != end; ++at) {
      const TargetPoint& label = *at;
      const auto i = static_cast<std::size_t>(label.step) - 1;  // step 0 has no transition
      if (label.step < 1 || i >= episode.truth.size()) continue;
      any = true;
      SetTruth(label.unsafe(), judged.truth[i]);
      for (std::size_t model = 0; model < judged.predicted.size(); ++model) {
        judged.predicted[model][i] = episode.predicted[model][i];
      }
    }
    if (any) labelled.push_back(std::move(judged));
  }
  return labelled;
}

}  // namespace lookout::agents
