#include "app/workers/fitter/rule_cost.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "agents/feedback/agreement/recorded_episode.h"
#include "agents/feedback/evaluation/class_evaluation.h"
#include "agents/feedback/evaluation/scored_episode.h"
#include "agents/feedback/models/cost_ensemble.h"
#include "agents/feedback/models/unsafe_threshold.h"

namespace lookout::app {

agents::CostModelPtr WithRuleCost(const agents::CostModelPtr& model, const FitRequest& request) {
  const agents::CostEnsemble* ensemble = model->ensemble();
  if (ensemble == nullptr) return model;
  const agents::DangerLidars lidars(request.signature);
  double learned = 0.0;
  double charged = 0.0;
  std::vector<agents::ScoredEpisode> episodes;
  for (const RecordingHandle& handle : request.episodes) {
    if (!std::ranges::binary_search(ensemble->episodes.held_out, handle.id())) continue;
    const Result<Recording> read = Fetch(handle, request.load);  // one at a time in memory
    if (!read || read->header == nullptr ||
        agents::DescribeRecorded(*read->header, read->chunks).rule_costs.empty()) {
      continue;
    }
    const agents::ScoredEpisode& scored = episodes.emplace_back(
        agents::StepsOf(read->chunks, lidars, model->observation_dim()).Score({&model, 1}));
    for (std::size_t i = 0; i < scored.truth.size(); ++i) {
      const float probability = scored.predicted[0][i].probability;
      learned += std::isnan(probability) ? 0.0 : double(probability);
      charged += double(scored.truth[i].cost);
    }
  }
  if (episodes.empty()) return model;
  agents::CostEnsemble judged = *ensemble;
  judged.report.learned_cost = learned / static_cast<double>(episodes.size());
  judged.report.true_cost = charged / static_cast<double>(episodes.size());
  for (const agents::ClassEvaluation& of :
       agents::EvaluateClasses(episodes, 0, model->classes(), agents::kUnsafeFrom)) {
    const auto report =
        std::ranges::find(judged.report.classes, of.danger, &agents::ClassReport::danger);
    report->learned_cost = of.learned_cost;
    report->true_cost = of.true_cost;
  }
  return agents::MakeCostModel(std::move(judged));
}

}  // namespace lookout::app
