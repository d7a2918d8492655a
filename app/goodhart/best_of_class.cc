#include "app/goodhart/best_of_class.h"

#include <fmt/format.h>

#include <algorithm>

#include "agents/feedback/fitting/settings_like.h"
#include "agents/feedback/transitions/observation_history.h"

namespace lookout::app {
namespace {

// Writes what is looked at of one step.
void WriteStep(const agents::Transitions& step, const agents::PastInputs& past, Eigen::Index column,
               agents::LabelSet& labels) {
  labels.observations.col(column) = step.next_observations;
  if (past.LooksBack()) {
    labels.past.observations.col(column) << step.observations, step.earlier;
  }
  if (past.action_dim > 0) labels.past.actions.col(column) = step.actions;
}

}  // namespace

agents::LabelSet TrueLabels(std::span<const SeenEpisode> episodes, const agents::CostModel& like,
                            StepIndex every) {
  agents::LabelSet labels;
  const agents::PastInputs past = like.past_inputs();
  const Eigen::Index dim = like.observation_dim();
  Eigen::Index count = 0;
  for (const SeenEpisode& episode : episodes) count += std::ssize(episode.truth) / every;
  labels.observations.resize(dim, count);
  labels.past.observations.resize(past.LooksBack() ? dim + past.EarlierRows(dim) : 0,
                                  past.LooksBack() ? count : 0);
  labels.past.traces = past.traces;
  labels.past.actions.resize(past.action_dim, past.action_dim > 0 ? count : 0);
  for (std::size_t k = 0; k < episodes.size(); ++k) {
    const agents::EpisodeTransitions transitions(episodes[k].observations, episodes[k].actions,
                                                 past);
    const auto steps = static_cast<StepIndex>(episodes[k].truth.size());
    for (StepIndex step = every; step <= steps; step += every) {
      WriteStep(transitions.steps().Middle(step - 1, 1), past, labels.rows(), labels);
      const bool costs = episodes[k].truth[static_cast<std::size_t>(step - 1)] > 0.0F;
      labels.points.push_back({.target = costs ? 1.0F : 0.0F,
                               .episode = EpisodeId{static_cast<std::int64_t>(k) + 1},
                               .step = step});
    }
  }
  return labels;
}

Result<agents::CostModelPtr> FitBestOfClass(std::span<const SeenEpisode> episodes,
                                            const agents::CostModel& like,
                                            const sim::ObservationSignature& signature,
                                            StepIndex every, int workers,
                                            const std::function<bool(double)>& progress) {
  const agents::LabelSet labels = TrueLabels(episodes, like, every);
  const auto costly = std::ranges::count_if(labels.points, &agents::TargetPoint::unsafe);
  if (costly == 0 || costly == std::ssize(labels.points)) {
    return BadInput(
        fmt::format("{} of the {} steps that were played for it cost anything, and a "
                    "model learns from both; play more by --label-episodes",
                    costly == 0 ? "none" : "all", labels.points.size()));
  }
  agents::CostModelSettings settings = agents::SettingsLike(like, signature);
  settings.slips = false;  // the rule does not err
  settings.workers = workers;
  return agents::FitCostModel(labels, settings, CostModelId{1}, progress);
}

}  // namespace lookout::app
