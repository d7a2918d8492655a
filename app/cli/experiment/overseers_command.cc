#include "app/cli/experiment/overseers_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/experiment/study_command.h"
#include "app/cli/experiment/training_options.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/field_options.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/support/text/progress_bar.h"
#include "app/desktop/robot_cameras.h"
#include "app/experiments/overseers/overseers_files.h"
#include "app/experiments/overseers/overseers_summary.h"
#include "app/experiments/overseers/run_overseers.h"
#include "app/overseers/overseer_spec.h"
#include "app/runs/folder_lock.h"
#include "app/scale_out/mpi_processes.h"
#include "sim/config/config_file.h"

namespace lookout::app {
namespace {

struct OverseersCommand {
  std::string environment = "Safexp-PointGoal1-v0";
  std::vector<std::string> rows{"constrained", "limit-0", "lookahead", "hirl", "recovery"};
  std::string look_ahead = OverseersSettings().look_ahead;
  std::string learn_from{ChoiceName(OverseersSettings().learn_from)};
  TrainingOptions training;
  std::string out;
  int seeds = 3;
  int workers = 1;
  FieldOverrides overrides;
  bool json = false;
};

Result<OverseersPlan> PlanOf(const OverseersCommand& command) {
  OverseersPlan plan{.rows = {OverseersRow::kConstrained}, .seeds = command.seeds};
  for (const std::string& name : command.rows) {
    const auto row = ParseChoice<OverseersRow>(name, "row of --rows");
    if (!row) return WrongUsage(row.error());
    plan.rows.push_back(*row);
  }
  std::ranges::sort(plan.rows);
  plan.rows.erase(std::unique(plan.rows.begin(), plan.rows.end()), plan.rows.end());
  return plan;
}

Result<OverseersSettings> SettingsOf(const OverseersCommand& command) {
  OverseersSettings settings;
  if (Status s = ApplyFieldOptions(command.overrides, settings); !s) return s.error();
  const auto learn_from = ParseChoice<agents::LearnFrom>(command.learn_from, "--learn-from");
  if (!learn_from) return WrongUsage(learn_from.error());
  settings.learn_from = *learn_from;
  auto config = sim::LoadConfig(command.environment);
  if (!config) return config.error();
  settings.environment = std::move(*config);
  settings.look_ahead = command.look_ahead;
  if (const auto made = MakeOverseers(settings.look_ahead, settings.environment, RobotCameras());
      !made || !*made) {
    return made ? WrongUsage("--overseer names nobody; leave it out.") : WrongUsage(made.error());
  }
  auto training = TrainingOf(command.training, settings.environment.robot_base);
  if (!training) return training.error();
  settings.training = std::move(*training);
  settings.training.workers = 1;  // agents are spread over the workers
  return settings;
}

// What does the same again, whatever the defaults become.
std::string CommandText(const OverseersCommand& command, const OverseersSettings& settings,
                        const OverseersPlan& plan) {
  std::vector<std::string_view> rows;
  for (const OverseersRow row : plan.rows) rows.push_back(ChoiceName(row));
  std::string text = fmt::format(
      "lookout experiment overseers --env {} --rows {} --seeds {} {} --overseer {} --learn-from {}",
      command.environment, fmt::join(rows, ","), plan.seeds, TrainingText(command.training),
      settings.look_ahead, ChoiceName(settings.learn_from));
  VisitNumbers(settings, [&](const Field<OverseersSettings>& field, auto value) {
    text += fmt::format(" --{} {}", field.name, NumberText(static_cast<double>(value)));
  });
  return text + " --out " + command.out;
}

Status Write(const OverseersCommand& command, const OverseersSettings& settings,
             const OverseersPlan& plan, const std::vector<OverseersCell>& cells) {
  const std::vector<OverseersLine> lines = Summarise(cells, plan);
  const std::string table = OverseersTable(settings, plan, lines);
  const std::string json =
      OverseersJson(settings, plan, lines, CommandText(command, settings, plan));
  const std::pair<std::string, std::string> files[] = {
      {"overseers.md", table},
      {"overseers.csv", OverseersCsv(cells)},
      {"overseers.svg", OverseersSvg(settings, lines)},
      {"overseers.json", json}};
  std::printf("%s", command.json ? json.c_str() : table.c_str());
  return WriteStudyFiles(command.out, files);
}

Status Run(const OverseersCommand& command, const StopSignal& stop) {
  const auto plan = PlanOf(command);
  if (!plan) return plan.error();
  const auto settings = SettingsOf(command);
  if (!settings) return settings.error();
  const auto processes = JoinProcesses();
  if (!processes) return processes.error();
  const bool is_first = (*processes)->rank() == 0;
  const auto lock = is_first ? LockFolder(command.out) : Result<FolderLock>(FolderLock());
  if (!(*processes)->AllAgree(lock.ok())) {
    return lock ? Status(Error{"Another process could not start; it says why."})
                : Status(lock.error());
  }
  ProgressBar bar(0.0, static_cast<double>(CellsOf(*plan).size()), "agents");
  const auto cells = RunOverseers(*settings, *plan, RobotCameras(),
                                  {.folder = command.out,
                                   .workers = command.workers,
                                   .progress =
                                       [&](int done) {
                                         if (is_first) bar.Show(done);
                                         return !stop.requested();
                                       }},
                                  **processes);
  bar.Clear();
  if (!cells) return cells.error();
  return is_first ? Write(command, *settings, *plan, *cells) : Status();
}

constexpr char kOverseersHelp[] =
    "Rows: constrained: PPO-Lagrangian at --limit, without an overseer, the reference of the\n"
    "return, always among them. limit-0: the same at a limit of 0. lookahead: without a "
    "constraint,\n"
    "under --overseer. hirl: a simulated person watches the first --watched-steps, a blocker\n"
    "learns from what they blocked, and the rest of the training is under it. recovery: a critic\n"
    "learns the risk from --offline-episodes that violate, which count, and steps in in training.\n"
    "All have as many steps of training. Told: violations until the agent was trained, and what\n"
    "it then comes to with the overseer on duty, and alone.\n";

void AddPlanOptions(CLI::App& command, OverseersCommand& options) {
  command.add_option("--env", options.environment, "Environment: an id or a file.")
      ->capture_default_str();
  command
      .add_option(
          "--rows", options.rows,
          "Which agents, with commas, as described below: " + ChoiceList(Choices(OverseersRow{})))
      ->delimiter(',')
      ->capture_default_str();
  command.add_option("--overseer", options.look_ahead, "Who looks ahead, as in `lookout train`.")
      ->capture_default_str();
  command
      .add_option("--learn-from", options.learn_from,
                  "What is learned from a decision that the look-ahead blocked: " +
                      ChoiceList(Choices(agents::LearnFrom{})))
      ->capture_default_str();
  command.add_option("--seeds", options.seeds, "So many, from 0 on; each trains anew.")
      ->check(Between(1, 1000))
      ->capture_default_str();
  command.add_option("--workers", options.workers, "Agents at a time; never changes the result.")
      ->check(Between(1, 256))
      ->capture_default_str();
}

}  // namespace

void AddOverseersExperiment(CLI::App& experiment, int& exit_code) {
  auto options = std::make_shared<OverseersCommand>();
  CLI::App* command = experiment.add_subcommand(
      "overseers", "What overseers spare of violations in training, and cost in return.");
  AddPlanOptions(*command, *options);
  AddTrainingOptions(*command, "Of the training of each agent.", options->training);
  AddFieldOptions(
      *command, OverseersSettings{}, [](const auto&) { return "Options"; }, options->overrides);
  AddResultOptions(*command, "the table", options->out, options->json);
  command->footer(kOverseersHelp);
  command->callback([options, &exit_code] {
    const StopSignal stop;
    exit_code = ExitCodeOf(Run(*options, stop), stop, GoesOnIn(options->out));
  });
}

}  // namespace lookout::app
