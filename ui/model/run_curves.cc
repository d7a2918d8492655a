#include "ui/model/run_curves.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "agents/rl/runs/experiments.h"
#include "agents/rl/runs/seed_interval.h"

namespace lookout::ui {
namespace {

double ValueOf(RunFigure figure, const agents::IterationReport& report) {
  switch (figure) {
    case RunFigure::kReturn:
      return report.mean_return;
    case RunFigure::kTrueCost:
      return report.mean_true_cost;
    case RunFigure::kLearnedCost:
      return report.mean_learned_cost;
    case RunFigure::kMultiplier:
      return report.multiplier;
    case RunFigure::kKl:
      return report.kl;
    case RunFigure::kEntropy:
      return report.entropy;
    case RunFigure::kLineSearchSteps:
      return report.line_search_steps;
    case RunFigure::kViolationSteps:
      return report.violation_steps;
    case RunFigure::kBlockedPercent:
      return 100.0 * report.blocked_share;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

BandCurve CurveOf(std::span<const RunTrack* const> seeds, RunFigure figure) {
  std::size_t longest = 0;
  for (const RunTrack* run : seeds) {
    longest = std::max(longest, static_cast<std::size_t>(run->iterations()));
  }
  BandCurve curve;
  std::vector<double> values;
  for (std::size_t i = 0; i < longest; ++i) {
    values.clear();
    for (const RunTrack* run : seeds) {
      if (i >= static_cast<std::size_t>(run->iterations())) continue;
      const double value = ValueOf(figure, (*run->history)[i]);
      if (std::isfinite(value)) values.push_back(value);
    }
    const agents::SeedInterval interval = agents::IntervalOverSeeds(values);
    curve.mean.push_back(static_cast<float>(interval.mean));
    if (seeds.size() < 2) continue;
    curve.low.push_back(static_cast<float>(interval.low));
    curve.high.push_back(static_cast<float>(interval.high));
  }
  return curve;
}

// A seed that was run twice says nothing new: the longer run stands for it.
std::vector<const RunTrack*> LongestOfEachSeed(std::span<const RunTrack* const> runs,
                                               const std::vector<std::size_t>& members) {
  std::vector<const RunTrack*> seeds;
  for (const std::size_t member : members) {
    const RunTrack* run = runs[member];
    const auto twin = std::ranges::find_if(
        seeds, [&](const RunTrack* seed) { return seed->settings.seed == run->settings.seed; });
    if (twin == seeds.end()) {
      seeds.push_back(run);
    } else if (run->iterations() > (*twin)->iterations()) {
      *twin = run;
    }
  }
  return seeds;
}

}  // namespace

std::vector<RunCurves> CurvesOf(std::span<const RunTrack* const> runs) {
  std::vector<agents::ExperimentRun> descriptions;
  for (const RunTrack* run : runs) descriptions.push_back({run->environment, run->settings, {}});
  const bool one_environment = std::ranges::all_of(
      runs, [&](const RunTrack* run) { return run->environment == runs.front()->environment; });
  std::vector<RunCurves> groups;
  for (const agents::Experiment& experiment : agents::ExperimentsOf(descriptions)) {
    const RunTrack& first = *runs[experiment.runs.front()];
    const auto seeds = LongestOfEachSeed(runs, experiment.runs);
    RunCurves& group = groups.emplace_back();
    group.label = (one_environment ? "" : first.environment + ": ") + experiment.label;
    for (const std::size_t i : experiment.runs) group.runs.push_back(runs[i]->id);
    group.seeds = static_cast<int>(seeds.size());
    group.steps_per_iteration = static_cast<double>(first.settings.steps_per_iteration);
    for (int figure = 0; figure < kRunFigureCount; ++figure) {
      group.by_figure[static_cast<std::size_t>(figure)] =
          CurveOf(seeds, static_cast<RunFigure>(figure));
    }
  }
  return groups;
}

}  // namespace lookout::ui
