#include "agents/feedback/annotators/simulated_moments.h"

#include <algorithm>

#include "agents/feedback/annotators/slips.h"

namespace lookout::agents {
namespace {

StepIndex MiddleOf(const SeenRun& run) {
  return static_cast<StepIndex>((run.first + run.last) / 2);
}

}  // namespace

std::vector<TakeOverMoment> TakeOversOf(std::span<const SeenStep> seen, StepIndex driven_steps,
                                        const AnnotatorSettings& settings, double session,
                                        RandomState& random) {
  Slips slips(settings, session, random);
  std::vector<TakeOverMoment> moments;
  for (const SeenRun& run : RunsOf(seen, true)) {
    if (slips.Happens(settings.miss_rate)) continue;
    const std::int64_t first = run.first + slips.LagOf(settings) + 1;
    if (first >= std::ssize(seen)) continue;
    if (!moments.empty() && run.first < moments.back().first + driven_steps) continue;
    const std::int64_t release = Slips::ReleaseLagOf(settings, settings.reaction_lag_steps);
    const std::int64_t last =
        std::clamp(run.last + release, first, static_cast<std::int64_t>(std::ssize(seen) - 1));
    moments.push_back({static_cast<StepIndex>(first), static_cast<StepIndex>(last)});
  }
  for (const SeenRun& run : RunsOf(seen, false)) {
    if (!slips.Happens(settings.false_alarm_rate)) continue;
    const StepIndex middle = std::max(1, MiddleOf(run));
    if (middle <= run.last) moments.push_back({middle, static_cast<StepIndex>(run.last)});
  }
  std::ranges::stable_sort(moments, {}, &TakeOverMoment::first);
  return moments;
}

std::vector<CorrectionMoment> CorrectionsOf(std::span<const SeenStep> seen,
                                            const AnnotatorSettings& settings, double session,
                                            RandomState& random) {
  Slips slips(settings, session, random);
  std::vector<CorrectionMoment> moments;
  for (const SeenRun& safe : RunsOf(seen, false)) {
    const bool into_danger = safe.last + 1 < std::ssize(seen);
    const std::int64_t step = safe.last + 1 - settings.lead_steps;
    if (into_danger && step >= safe.first && !slips.Happens(settings.miss_rate)) {
      moments.push_back({static_cast<StepIndex>(step), slips.Happens(settings.wrong_way_rate)});
    }
    if (!slips.Happens(settings.false_alarm_rate)) continue;
    moments.push_back({MiddleOf(safe), slips.Happens(settings.wrong_way_rate)});
  }
  std::ranges::stable_sort(moments, {}, &CorrectionMoment::step);
  return moments;
}

}  // namespace lookout::agents
