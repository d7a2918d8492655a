// lookout compare: training runs side by side, as a table and as a picture. Runs that differ only
// in their seed are one line of the table and one curve with a band.
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/text/score_text.h"
#include "app/platform/files.h"
#include "app/runs/foreign_run.h"
#include "app/runs/learning_curves.h"
#include "app/runs/run_groups.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

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

int RunCompare(const CompareOptions& options) {
  const auto groups = LoadGroups(options.folders);
  if (!groups.ok()) return Fail(groups.error());
  PrintTable(*groups);
  if (options.out.empty()) return 0;
  const Status status = WriteWholeFile(options.out, LearningCurves(*groups, options.title));
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
