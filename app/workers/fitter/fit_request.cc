#include "app/workers/fitter/fit_request.h"

#include <utility>

namespace lookout::app {

Result<agents::DerivedLabels> LabelsOf(const FitRequest& request, FitSteps& steps) {
  std::vector<std::pair<EpisodeId, StepIndex>> lengths;
  lengths.reserve(request.episodes.size());
  for (const RecordingHandle& episode : request.episodes) {
    lengths.emplace_back(episode.id(), episode.steps());
  }
  const int observation_dim = request.signature.observation_dim();
  steps.Begin(request.episodes, request.load, observation_dim);
  const auto observation_of = [&](EpisodeId id, StepIndex step) {
    return steps.Observation(id, step);
  };
  Result<agents::DerivedLabels> labels = agents::DeriveLabels(
      request.feedback, request.rule, lengths, observation_dim, observation_of, &steps);
  steps.End();
  return labels;
}

}  // namespace lookout::app
