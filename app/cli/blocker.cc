// lookout blocker: fits a blocker to what an overseer blocks, and measures it on new episodes.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <utility>

#include "agents/overseer/blocker/blocker_fit.h"
#include "agents/overseer/risk/risk_critic.h"
#include "app/blockers/blocker_text.h"
#include "app/blockers/watched_play.h"
#include "app/cli/blocker_rows.h"
#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/support/text/progress_bar.h"
#include "app/overseers/learned_kinds.h"
#include "app/platform/files.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

struct BlockerFitOptions {
  WatchedRowsOptions rows;
  std::string out;
  std::string risk;  // file of a risk critic that is fitted, too; empty: none
  double alpha = 0.05;
  std::string lidars{ChoiceName(agents::BlockerSettings().lidars)};
  bool lowest = false;
  bool json = false;
};

struct BlockerReportOptions {
  std::string model;
  WatchedRowsOptions rows;
  bool json = false;
};

// The risk critic beside the blocker, of the same episodes; null if none is asked for.
Result<agents::RiskCriticPtr> FitRisk(const BlockerFitOptions& options, const WatchedRows& rows,
                                      const StopSignal& stop) {
  if (options.risk.empty()) return agents::RiskCriticPtr();
  auto critic = agents::FitRiskCritic(rows.transitions, {.seed = options.rows.seed},
                                      rows.environment, [&](double) { return !stop.requested(); });
  if (!critic.ok()) return critic.error();
  Status written = WriteWholeFile(options.risk, agents::EncodeRiskCritic(**critic));
  if (!written.ok()) return written.error();
  return critic;
}

void PrintFit(const BlockerFitOptions& options, const WatchedRows& rows,
              const agents::BlockerModel& model, const agents::RiskCriticPtr& critic) {
  if (options.json) {
    ordered_json object{{"blocker", options.out}, {"uncertain_steps", rows.uncertain}};
    object.update(BlockerReportToJson(model));
    if (critic != nullptr) object["risk"] = RiskReportToJson(*critic);
    fmt::print("{}\n", object.dump(2));
    return;
  }
  fmt::print("{}", BlockerReportText(model));
  if (rows.uncertain > 0) {
    fmt::print("Left out, within the lag of who watched, or of others: {} steps.\n",
               rows.uncertain);
  }
  if (critic != nullptr) fmt::print("{}", RiskReportText(*critic));
}

Status FitCommand(const BlockerFitOptions& options, const StopSignal& stop) {
  const auto lidars = ParseChoice<agents::LidarSight>(options.lidars, "sight of a lidar");
  if (!lidars.ok()) return WrongUsage(lidars.error());
  for (const std::string& file : {options.out, options.risk}) {
    if (file.empty()) continue;
    if (Status can = CheckCanWrite(file); !can.ok()) return can;
  }
  const auto rows = ReadWatchedRows(options.rows, nullptr, stop);
  if (!rows.ok()) return rows.error();
  agents::BlockerSettings settings{.alpha = options.alpha,
                                   .lidars = *lidars,
                                   .seed = options.rows.seed,
                                   .workers = options.rows.workers};
  if (options.lowest) settings.rule = agents::ThresholdRule::kLowest;
  const auto model = agents::FitBlocker(rows->data, settings, rows->teacher, rows->environment,
                                        [&](double) { return !stop.requested(); });
  if (!model.ok()) return model.error();
  const auto critic = FitRisk(options, *rows, stop);
  if (!critic.ok()) return critic.error();
  if (Status written = WriteWholeFile(options.out, agents::EncodeBlocker(**model)); !written.ok()) {
    return written;
  }
  PrintFit(options, *rows, **model, *critic);
  LogInfo("Wrote " + options.out + "; use it with --overseer blocker:" + options.out);
  return {};
}

Status ReportCommand(const BlockerReportOptions& options, const StopSignal& stop) {
  const auto model = LoadBlockerFile(options.model);
  if (!model.ok()) return model.error();
  const auto rows = ReadWatchedRows(options.rows, *model, stop);
  if (!rows.ok()) return rows.error();
  const agents::BlockerScores scores = agents::ScoreRows(**model, rows->data);
  const auto at = agents::ConsequencesAt(scores.rows(), (*model)->threshold);
  const auto table = agents::ConsequencesOverRange(scores.rows());
  const double unknown =
      double(std::ranges::count(scores.unknown, 1)) / double(scores.unknown.size());
  if (!options.json) {
    fmt::print("{} in {} while {} watches, {} in charge: {} steps, {} violations.\n", rows->policy,
               rows->environment, rows->teacher, ChoiceName(rows->in_charge), rows->steps,
               rows->violations);
    fmt::print("{:.2f} % of the steps are unlike what the blocker learned from.\n",
               100.0 * unknown);
    fmt::print("In force:\n{}By threshold:\n{}", ConsequencesText({at}), ConsequencesText(table));
    return {};
  }
  ordered_json object{{"blocker", options.model},
                      {"environment", rows->environment},
                      {"policy", rows->policy},
                      {"teacher", rows->teacher},
                      {"in_charge", ChoiceName(rows->in_charge)},
                      {"steps", rows->steps},
                      {"violations", rows->violations},
                      {"unknown_share", unknown},
                      {"in_force", ConsequencesToJson(at)},
                      {"table", ordered_json::array()}};
  for (const auto& row : table) object["table"].push_back(ConsequencesToJson(row));
  fmt::print("{}\n", object.dump(2));
  return {};
}

void AddFit(CLI::App& parent, int& exit_code) {
  auto options = std::make_shared<BlockerFitOptions>();
  CLI::App* command = parent.add_subcommand(
      "fit", "Fit a blocker to what an overseer blocks, in recorded or in new episodes.");
  AddWatchedRowsOptions(*command, options->rows, /*with_project=*/true);
  command->add_option("--out", options->out, "File of the blocker.")->required();
  CLI::Option* const alpha =
      command
          ->add_option("--alpha", options->alpha,
                       "Share of the runs of blocks that may begin with a miss; .05 takes 19 "
                       "episodes with blocks for the threshold alone, which are two of every five, "
                       "and .02 takes 49.")
          ->check(Between(1e-4, 0.5))
          ->capture_default_str();
  command
      ->add_flag("--hirl", options->lowest,
                 "The lowest score of any block that was kept for the threshold, in place of alpha "
                 "(Saunders et al. 2017).")
      ->excludes(alpha);
  command
      ->add_option("--lidars", options->lidars,
                   "What of a lidar it sees: nearest, its nearest thing alone, or bins, all of it.")
      ->capture_default_str();
  command->add_option("--risk", options->risk,
                      "Fit a risk critic to the same episodes, too, into this file; best with "
                      "--in-charge nobody.");
  command->add_flag("--json", options->json, "One JSON object instead of text.");
  command->callback([options, &exit_code] {
    const StopSignal stop;
    exit_code = ExitCodeOf(FitCommand(*options, stop), stop, "Nothing was written.");
  });
}

void AddReport(CLI::App& parent, int& exit_code) {
  auto options = std::make_shared<BlockerReportOptions>();
  options->rows.steps = 20'000;
  options->rows.seed = 1'000'000;  // far from the episodes of a fit
  CLI::App* command = parent.add_subcommand(
      "report",
      "Misses and false blocks of a blocker in new episodes, of the policy that it learned with or "
      "of another.");
  command->add_option("model", options->model, "File of a blocker.")->required();
  AddWatchedRowsOptions(*command, options->rows, /*with_project=*/false);
  command->add_flag("--json", options->json, "One JSON object instead of text.");
  command->callback([options, &exit_code] {
    const StopSignal stop;
    exit_code = ExitCodeOf(ReportCommand(*options, stop), stop, "Nothing was measured.");
  });
}

}  // namespace

void AddBlockerCommand(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "blocker", "Learn to block as an overseer does, and measure how well that goes.");
  command->require_subcommand(1, 1);
  AddFit(*command, exit_code);
  AddReport(*command, exit_code);
}

}  // namespace lookout::app
