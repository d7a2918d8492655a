#include "app/goodhart/best_of_class.h"

#include <fmt/format.h>

#include <algorithm>

#include "agents/feedback/fitting/settings_like.h"

namespace lookout::app {
namespace {

// The observation so many steps before step `step`, or the first.
Eigen::Index Before(StepIndex step, int back) {
  return std::max<Eigen::Index>(0, static_cast<Eigen::Index>(step) - back);
}

}  // namespace

agents::LabelSet TrueLabels(std::span<const SeenEpisode> episodes, const agents::CostModel& like,
                            StepIndex every) {
  agents::LabelSet labels;
  const agents::PastInputs past = like.past_inputs();
  std::vector<std::pair<const SeenEpisode*, StepIndex>> chosen;
  for (std::size_t k = 0; k < episodes.size(); ++k) {
    const auto steps = static_cast<StepIndex>(episodes[k].truth.size());
    for (StepIndex step = every; step <= steps; step += every) {
      chosen.emplace_back(&episodes[k], step);
      const bool costs = episodes[k].truth[static_cast<std::size_t>(step - 1)] > 0.0F;
      labels.points.push_back({.target = costs ? 1.0F : 0.0F,
                               .episode = EpisodeId{static_cast<std::int64_t>(k) + 1},
                               .step = step});
    }
  }
  const Eigen::Index dim = like.observation_dim();
  const auto count = static_cast<Eigen::Index>(chosen.size());
  labels.observations.resize(dim, count);
  labels.past.observations.resize(past.history * dim, past.history > 0 ? count : 0);
  labels.past.actions.resize(past.action_dim, past.action_dim > 0 ? count : 0);
  for (Eigen::Index i = 0; i < count; ++i) {
    const auto& [episode, step] = chosen[static_cast<std::size_t>(i)];
    labels.observations.col(i) = episode->observations.col(static_cast<Eigen::Index>(step));
    for (int back = 1; back <= past.history; ++back) {
      labels.past.observations.col(i).segment((back - 1) * dim, dim) =
          episode->observations.col(Before(step, back));
    }
    if (past.action_dim > 0) labels.past.actions.col(i) = episode->actions.col(Before(step, 1));
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
