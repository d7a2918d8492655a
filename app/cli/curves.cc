#include "app/cli/curves.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>
#include <set>

#include "app/cli/commands.h"
#include "app/cli/progress_log.h"
#include "app/cli/run_folder.h"
#include "app/cli/svg_plot.h"
#include "app/platform/files.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

struct LoadedRun {
  RunConfig config;
  ProgressTable table;
};

Result<LoadedRun> LoadRun(const std::string& path) {
  const RunFolder folder(path);
  auto config_text = ReadWholeFile(folder.config(), kMostTextBytes);
  if (!config_text.ok()) return config_text.error();
  auto config = ParseRunConfig(*config_text, folder.config().string());
  if (!config.ok()) return config.error();
  auto text = ReadWholeFile(folder.progress(), kMostTextBytes);
  if (!text.ok()) return text.error();
  auto table = ParseProgress(*text, folder.progress().string());
  if (!table.ok()) return table.error();
  if (table->rows == 0) return BadInput(path + " has no finished iteration to draw yet.");
  return LoadedRun{std::move(*config), std::move(*table)};
}

std::string Label(const LoadedRun& run) {
  std::string label(agents::AlgorithmName(run.config.settings.algorithm));
  if (run.config.settings.cost_source == agents::CostSource::kLearned) label += ", learned cost";
  return label + ", seed " + std::to_string(run.config.settings.seed);
}

std::vector<double> InMillions(std::vector<double> steps) {
  for (double& value : steps) value /= 1e6;
  return steps;
}

std::string NumberText(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%g", value);
  return text;
}

// The limits that the constrained runs are held to, once each.
std::vector<SvgReference> Limits(const std::vector<LoadedRun>& runs) {
  std::set<double> limits;
  for (const LoadedRun& run : runs) {
    if (run.config.settings.algorithm == agents::Algorithm::kPpoLagrangian) {
      limits.insert(run.config.settings.cost_limit);
    }
  }
  std::vector<SvgReference> references;
  for (const double limit : limits) references.push_back({"limit " + NumberText(limit), limit});
  return references;
}

std::string Figure(const std::vector<LoadedRun>& runs, const std::string& title) {
  SvgPanel returns{.title = "Return per episode",
                   .x_label = "environment steps (millions)",
                   .y_label = "return"};
  SvgPanel costs{.title = "Cost per episode (the rule's)",
                 .x_label = returns.x_label,
                 .y_label = "cost",
                 .references = Limits(runs)};
  for (const LoadedRun& run : runs) {
    const std::vector<double> x = InMillions(run.table["TotalEnvInteracts"]);
    returns.lines.push_back({Label(run), x, run.table["AverageEpRet"]});
    costs.lines.push_back({Label(run), x, run.table["AverageEpCost"]});
  }
  return SvgFigure(title.empty() ? runs.front().config.environment : title, {returns, costs});
}

}  // namespace

int RunCurves(const CurvesOptions& options) {
  std::vector<LoadedRun> runs;
  for (const std::string& folder : options.folders) {
    auto run = LoadRun(folder);
    if (!run.ok()) return Fail(run.error());
    runs.push_back(std::move(*run));
  }
  const Status status = WriteWholeFile(options.out, Figure(runs, options.title));
  if (!status.ok()) return Fail(status.error());
  LogInfo("Drew " + options.out);
  return 0;
}

void AddCurvesCommand(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("curves", "Draw the learning curves of training runs");
  auto options = std::make_shared<CurvesOptions>();
  command->add_option("runs", options->folders, "folders that `lookout train --out` wrote")
      ->required();
  command->add_option("--out", options->out, "SVG file")->capture_default_str();
  command->add_option("--title", options->title, "default: the environment");
  command->callback([options, &exit_code] { exit_code = RunCurves(*options); });
}

}  // namespace lookout::app
