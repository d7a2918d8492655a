// lookout compare: training runs side by side, as a table and as a picture. Runs that differ only
// in their seed are one line of the table and one curve with a band.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/text/score_text.h"
#include "app/platform/files.h"
#include "app/runs/foreign_run.h"
#include "app/runs/formats/svg_plot.h"
#include "app/runs/run_groups.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

constexpr double kSmoothedShare = 0.02;  // of a run's iterations, on either side

struct CompareOptions {
  std::vector<std::string> folders;
  std::string out;    // empty: no picture
  std::string title;  // empty: the environment, if there is only one
};

Result<std::vector<RunGroup>> LoadGroups(const std::vector<std::string>& folders) {
  std::vector<LoadedRun> runs;
  for (const std::string& folder : folders) {
    auto run = LoadAnyRunFolder(folder);
    if (!run.ok()) return run.error();
    runs.push_back(std::move(*run));
  }
  return GroupRuns(std::move(runs));
}

Scores ScoresOf(const GroupResult& result) {
  return {result.total_reward.mean, result.cost.mean, result.cost_rate.mean};
}

std::string TableRow(const RunGroup& group) {
  const GroupResult result = ResultOf(group);
  const Scores* const characteristic = FindCharacteristicScores(group.config().environment);
  const double limit = CostLimitOf(group).value_or(std::nan(""));
  std::string row = fmt::format("{:<25} {:<28} {:5} {:10.0f}", group.config().environment,
                                group.label, group.runs.size(), result.steps);
  row += SpreadCell(result.total_reward, 17, 2) + SpreadCell(result.cost, 17, 1) +
         NumberCell(limit, 7, 0) + NumberCell(result.cost_rate.mean, 8, 4);
  if (characteristic != nullptr) row += ScoreCells(Normalise(ScoresOf(result), *characteristic));
  return row + "\n";
}

void PrintTable(const std::vector<RunGroup>& groups) {
  std::printf("%-25s %-28s %5s %10s%17s%17s%7s%8s%s\n", "environment", "agent", "seeds", "steps",
              "return", "cost", "limit", "rate", ScoreHeading().c_str());
  std::vector<AgentScores> scores;
  for (const RunGroup& group : groups) {
    std::printf("%s", TableRow(group).c_str());
    scores.push_back({group.label, group.config().environment, ScoresOf(ResultOf(group))});
  }
  std::printf("%s", SuiteLines(CompleteSuites(scores)).c_str());
  std::printf(
      "Return and cost: over the last %d iterations, mean and deviation over the seeds. Rate: cost "
      "per step of the whole training.\n",
      kLastIterations);
}

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

// A row of panels for each environment.
std::string Picture(const std::vector<RunGroup>& groups, const std::string& title) {
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

int RunCompare(const CompareOptions& options) {
  const auto groups = LoadGroups(options.folders);
  if (!groups.ok()) return Fail(groups.error());
  PrintTable(*groups);
  if (options.out.empty()) return 0;
  const Status status = WriteWholeFile(options.out, Picture(*groups, options.title));
  if (!status.ok()) return Fail(status.error());
  LogInfo("Drew " + options.out);
  return 0;
}

}  // namespace

void AddCompareCommand(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "compare", "Compare training runs; those that differ only in the seed are taken together");
  auto options = std::make_shared<CompareOptions>();
  command
      ->add_option("runs", options->folders,
                   "folders that `lookout train --out` wrote, or with another program's\n"
                   "progress.txt or progress.csv")
      ->required();
  command->add_option("--out", options->out, "SVG file with the learning curves");
  command->add_option("--title", options->title, "of the picture");
  command->callback([options, &exit_code] { exit_code = RunCompare(*options); });
}

}  // namespace lookout::app
