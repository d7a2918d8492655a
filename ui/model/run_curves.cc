#include "ui/model/run_curves.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "agents/rl/seed_interval.h"
#include "agents/rl/settings.h"

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

}  // namespace

std::vector<RunCurves> CurvesOf(std::span<const RunTrack* const> runs) {
  std::vector<RunCurves> groups;
  std::vector<std::vector<const RunTrack*>> members;
  for (const RunTrack* run : runs) {
    const std::string key = run->environment + "|" + agents::ExperimentKey(run->settings);
    const auto known = std::ranges::find(groups, key, &RunCurves::key);
    const auto index = static_cast<std::size_t>(known - groups.begin());
    if (known == groups.end()) {
      groups.push_back(
          {.key = key,
           .label = agents::AgentLabel(run->settings),
           .steps_per_iteration = static_cast<double>(run->settings.steps_per_iteration)});
      members.emplace_back();
    }
    groups[index].runs.push_back(run->id);
    // A seed that was run twice says nothing new: the longer run stands for it.
    const auto twin = std::ranges::find_if(members[index], [&](const RunTrack* member) {
      return member->settings.seed == run->settings.seed;
    });
    if (twin == members[index].end()) {
      members[index].push_back(run);
    } else if (run->iterations() > (*twin)->iterations()) {
      *twin = run;
    }
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    groups[i].seeds = static_cast<int>(members[i].size());
    for (int figure = 0; figure < kRunFigureCount; ++figure) {
      groups[i].by_figure[static_cast<std::size_t>(figure)] =
          CurveOf(members[i], static_cast<RunFigure>(figure));
    }
  }
  return groups;
}

}  // namespace lookout::ui
