#include "app/workers/fitter/fit_request.h"

#include <utility>

namespace lookout::app {

Result<agents::DerivedLabels> LabelsOf(const FitRequest& request,
                                       const agents::CostModelSettings& settings, FitSteps& steps) {
  std::vector<std::pair<EpisodeId, StepIndex>> lengths;
  lengths.reserve(request.episodes.size());
  for (const RecordingHandle& episode : request.episodes) {
    lengths.emplace_back(episode.id(), episode.steps());
  }
  const int observation_dim = request.signature.observation_dim();
  steps.Begin(request.episodes, request.load, observation_dim);
  const agents::PastInputs past{.history = settings.history,
                                .action_dim = settings.with_action ? steps.ActionDim() : 0,
                                .traces = settings.traces,
                                .lidars = agents::LidarInputs(request.signature)};
  const agents::LabelRule rule{
      .unmarked_weight = settings.unmarked_weight, .annotators = settings.annotators, .past = past};
  const auto observation_of = [&](EpisodeId id, StepIndex step) {
    return steps.Observation(id, step);
  };
  const auto action_of = [&](EpisodeId id, StepIndex step) { return steps.Action(id, step); };
  Result<agents::DerivedLabels> labels = agents::DeriveLabels(
      request.feedback, rule, lengths, observation_dim, observation_of, &steps, action_of);
  steps.End();
  return labels;
}

}  // namespace lookout::app
