#include "app/workers/fitter/rule_cost.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "agents/feedback/agreement/recorded_episode.h"
#include "agents/feedback/evaluation/scored_episode.h"
#include "agents/feedback/models/cost_ensemble.h"

namespace lookout::app {

agents::CostModelPtr WithRuleCost(const agents::CostModelPtr& model, const FitRequest& request) {
  const agents::CostEnsemble* ensemble = model->ensemble();
  if (ensemble == nullptr) return model;
  const agents::DangerLidars lidars(request.signature);
  double learned = 0.0;
  double charged = 0.0;
  int episodes = 0;
  for (const RecordingHandle& handle : request.episodes) {
    if (!std::ranges::binary_search(ensemble->episodes.held_out, handle.id())) continue;
    const Result<Recording> read = Fetch(handle, request.load);  // one at a time in memory
    if (!read || read->header == nullptr ||
        agents::DescribeRecorded(*read->header, read->chunks).rule_costs.empty()) {
      continue;
    }
    const agents::ScoredEpisode scored =
        agents::StepsOf(read->chunks, lidars, model->observation_dim()).Score({&model, 1});
    for (std::size_t i = 0; i < scored.truth.size(); ++i) {
      const float probability = scored.predicted[0][i].probability;
      learned += std::isnan(probability) ? 0.0 : double(probability);
      charged += double(scored.truth[i].cost);
    }
    ++episodes;
  }
  if (episodes == 0) return model;
  agents::CostEnsemble judged = *ensemble;
  judged.report.learned_cost = learned / episodes;
  judged.report.true_cost = charged / episodes;
  return agents::MakeCostModel(std::move(judged));
}

}  // namespace lookout::app
