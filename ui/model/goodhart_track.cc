#include "ui/model/goodhart_track.h"

#include <algorithm>
#include <cmath>

#include "agents/rl/runs/cost_parting.h"

namespace lookout::ui {

GoodhartTrack GoodhartTrackOf(const RunTrack& run) {
  GoodhartTrack track{.run = run.id, .iterations = run.iterations(), .points = {}, .parting = {}};
  if (!run.history || !agents::ReadsCostModel(run.settings)) return track;
  track.parting = agents::PartingOf(*run.history);
  for (const agents::IterationReport& report : *run.history) {
    const bool known = std::isfinite(report.kl_from_first) &&
                       std::isfinite(report.mean_learned_cost) &&
                       std::isfinite(report.mean_true_cost);
    if (!known) continue;
    // Who acts in an iteration is the policy after the one before.
    const int acted = report.iteration - 1;
    const bool kept = std::ranges::binary_search(run.kept_policies, acted);
    track.points.push_back({.iteration = report.iteration,
                            .distance = std::sqrt(std::max(0.0, report.kl_from_first)),
                            .learned = report.mean_learned_cost,
                            .truth = report.mean_true_cost,
                            .kept_policy = kept ? acted : 0});
  }
  return track;
}

}  // namespace lookout::ui
