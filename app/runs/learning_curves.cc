#include "app/runs/learning_curves.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "app/runs/formats/svg_plot.h"

namespace lookout::app {
namespace {

constexpr double kSmoothedShare = 0.02;  // of a run's iterations, on either side

SvgLine Line(const RunGroup& group, std::string_view column) {
  const std::size_t rows = group.runs.front().progress.rows;
  const Curve smooth =
      MeanCurve(group, column, static_cast<int>(std::lround(kSmoothedShare * double(rows))));
  SvgLine line{.label = group.label,
               .x = smooth.steps,
               .y = smooth.mean,
               .faint = MeanCurve(group, column, 0).mean,
               .low = smooth.low,
               .high = smooth.high};
  for (double& steps : line.x) steps /= 1e6;
  return line;
}

// The limits that constrained runs of an environment are held to, once each.
std::vector<SvgReference> Limits(const std::vector<const RunGroup*>& groups) {
  std::set<double> limits;
  for (const RunGroup* group : groups) {
    if (const auto limit = CostLimitOf(*group)) limits.insert(*limit);
  }
  std::vector<SvgReference> references;
  for (const double limit : limits) references.push_back({fmt::format("limit {:g}", limit), limit});
  return references;
}

std::vector<SvgPanel> PanelsOf(const std::vector<const RunGroup*>& groups,
                               const std::string& prefix) {
  SvgPanel returns{.title = prefix + "Return per episode",
                   .x_label = "environment steps (millions)",
                   .y_label = "return"};
  SvgPanel costs{.title = prefix + "Cost per episode (the rule's)",
                 .x_label = returns.x_label,
                 .y_label = "cost",
                 .references = Limits(groups)};
  for (const RunGroup* group : groups) {
    returns.lines.push_back(Line(*group, "AverageEpRet"));
    costs.lines.push_back(Line(*group, "AverageEpCost"));
  }
  return {returns, costs};
}

}  // namespace

std::string LearningCurves(const std::vector<RunGroup>& groups, const std::string& title) {
  std::vector<std::string> environments;
  for (const RunGroup& group : groups) {
    const std::string& environment = group.config().environment;
    if (std::ranges::find(environments, environment) == environments.end()) {
      environments.push_back(environment);
    }
  }
  const bool single = environments.size() == 1;
  std::vector<std::vector<SvgPanel>> rows;
  for (const std::string& environment : environments) {
    std::vector<const RunGroup*> members;
    for (const RunGroup& group : groups) {
      if (group.config().environment == environment) members.push_back(&group);
    }
    rows.push_back(PanelsOf(members, single ? "" : environment + ": "));
  }
  const std::string heading = single ? environments.front() : "Training runs";
  return SvgFigure(title.empty() ? heading : title, rows);
}

}  // namespace lookout::app
