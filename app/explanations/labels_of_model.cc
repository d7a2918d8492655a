#include "app/explanations/labels_of_model.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "agents/feedback/fitting/settings_like.h"
#include "app/cost_models/score_episodes.h"
#include "app/workers/fitter/fit_request.h"
#include "app/workers/fitter/learned_episodes.h"
#include "app/workers/writer/load_recording.h"

namespace lookout::app {
namespace {

using FitsSpec = std::function<bool(const sim::EnvironmentSpec&)>;

// Those that feedback is about in the environment.
Status AddEpisodes(const FitsSpec& fits, const sim::EnvironmentSpec& environment,
                   const agents::FeedbackSet& feedback, Project& project,
                   const sim::CameraFactory& cameras, FitRequest& request) {
  auto stored = project.Episodes();
  if (!stored) return stored.error();
  std::ranges::reverse(*stored);  // the newest first
  std::vector<KnownEpisode> known;
  for (const StoredEpisode& episode : *stored) {
    known.push_back({episode.header.id, episode.header.config.id, episode.header.seed});
  }
  const auto learned = EpisodesToLearnFrom(feedback, known);
  for (const StoredEpisode& episode : *stored) {
    const sim::EpisodeHeader& header = episode.header;
    if (header.config.id != environment.id || !learned.contains(header.id)) continue;
    const auto spec = RecordedSpec(header, cameras);
    if (!spec) return spec.error();
    if (fits(*spec)) request.episodes.emplace_back(header.id, episode.steps);
  }
  return {};
}

Result<agents::LabelSet> LabelsThatFit(const FitsSpec& fits,
                                       const agents::CostModelSettings& settings,
                                       const sim::EnvironmentSpec& environment, Project& project,
                                       const sim::CameraFactory& cameras) {
  const auto feedback = project.LoadFeedback();
  if (!feedback) return feedback.error();
  FitRequest request{.environment = environment.id, .signature = environment.signature()};
  for (const auto& [id, record] : feedback->records()) request.feedback.push_back(record);
  request.load = [&project](EpisodeId id) { return LoadRecording(project, id); };
  Status added = AddEpisodes(fits, environment, *feedback, project, cameras, request);
  if (!added) return added.error();
  FitSteps steps;
  auto derived = LabelsOf(request, settings, steps);
  if (!derived) return derived.error();
  if (!steps.problem().empty()) return BadInput(steps.problem());
  return std::move(derived->labels);
}

}  // namespace

Result<agents::LabelSet> LabelsOfModel(const agents::CostModel& model,
                                       const sim::EnvironmentSpec& environment, Project& project,
                                       const sim::CameraFactory& cameras) {
  return LabelsThatFit([&](const auto& spec) { return model.CheckFits(spec).ok(); },
                       agents::SettingsLike(model, environment.signature()), environment, project,
                       cameras);
}

Result<agents::LabelSet> LabelsOfEnvironment(const sim::EnvironmentSpec& environment,
                                             Project& project, const sim::CameraFactory& cameras) {
  agents::CostModelSettings settings;
  settings.signature = environment.signature();
  return LabelsThatFit(
      [&](const auto& spec) { return spec.signature() == environment.signature(); }, settings,
      environment, project, cameras);
}

}  // namespace lookout::app
