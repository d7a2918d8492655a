#include "app/cli/experiment/transfer_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/annotators/annotator_spec.h"
#include "app/cli/experiment/playing_policy.h"
#include "app/cli/experiment/study_command.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/field_options.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/stop_signal.h"
#include "app/desktop/robot_cameras.h"
#include "app/experiments/transfer/run_transfer.h"
#include "app/experiments/transfer/transfer_files.h"
#include "app/runs/folder_lock.h"
#include "app/scale_out/mpi_processes.h"
#include "sim/config/config_file.h"

namespace lookout::app {
namespace {

struct TransferCommand {
  std::vector<std::string> environments{"Safexp-PointGoal1-v0", "Safexp-CarGoal1-v0",
                                        "Safexp-PointGoal2-v0", "Safexp-PointButton1-v0"};
  StudyCommand study{.seeds = 3};  // but for environment and policy
  FieldOverrides overrides;
};

Status AddPlace(const std::string& id_or_file, std::vector<TransferPlace>& places) {
  auto config = sim::LoadConfig(id_or_file);
  if (!config) return config.error();
  const std::string name = PlaceName(*config);
  for (const TransferPlace& place : places) {
    if (PlaceName(place.environment) != name) continue;
    return WrongUsage("--env names " + name + " twice; name each environment once.");
  }
  std::string policy = ShippedPolicy(*config, "ppo-lagrangian");
  places.push_back({std::move(config).value(), std::move(policy)});
  return {};
}

Result<TransferSettings> SettingsOf(const TransferCommand& command) {
  TransferSettings settings;
  settings.annotator = command.study.annotator;
  if (const auto read = agents::ParseAnnotator(settings.annotator); !read) {
    return WrongUsage(read.error());
  }
  if (Status s = ApplyFieldOptions(command.overrides, settings); !s) return s.error();
  if (settings.few_answers > settings.answers) {
    return WrongUsage(
        fmt::format("--few-answers is {}, more than the {} of --answers, of which they are the "
                    "first.",
                    settings.few_answers, settings.answers));
  }
  for (const std::string& environment : command.environments) {
    if (Status added = AddPlace(environment, settings.places); !added) return added.error();
  }
  if (settings.places.size() >= 2) return settings;
  return WrongUsage("Transfer is between environments; name two or more by --env.");
}

// What does the same again, whatever the defaults become.
std::string CommandText(const TransferCommand& command, const TransferSettings& settings) {
  std::string text = fmt::format(
      "lookout experiment transfer --env {} --seeds {} --annotator "
      "\"{}\"",
      fmt::join(command.environments, ","), command.study.seeds, command.study.annotator);
  VisitNumbers(settings, [&](const Field<TransferSettings>& field, auto value) {
    text += fmt::format(" --{} {}", field.name, NumberText(static_cast<double>(value)));
  });
  return text + " --out " + command.study.out;
}

Status Write(const TransferCommand& command, const TransferWorld& world,
             const std::vector<TransferCell>& cells) {
  const std::vector<TransferLine> lines = Summarise(cells);
  const int seeds = command.study.seeds;
  const std::string table = TransferTable(world, seeds, lines);
  const std::string json = TransferJson(world, seeds, lines, CommandText(command, world.settings));
  const std::pair<std::string, std::string> files[] = {{"transfer.md", table},
                                                       {"transfer.csv", TransferCsv(world, cells)},
                                                       {"transfer.svg", TransferSvg(world, lines)},
                                                       {"transfer.json", json}};
  std::printf("%s", command.study.json ? json.c_str() : table.c_str());
  return WriteStudyFiles(command.study.out, files);
}

Status Run(const TransferCommand& command, const StopSignal& stop) {
  const auto settings = SettingsOf(command);
  if (!settings) return settings.error();
  const auto processes = JoinProcesses();
  if (!processes) return processes.error();
  const auto world = MakeTransferWorld(*settings, RobotCameras(), command.study.out);
  if (!world) return world.error();
  const bool is_first = (*processes)->rank() == 0;
  const auto lock = is_first ? LockFolder(command.study.out) : Result<FolderLock>(FolderLock());
  if (!(*processes)->AllAgree(lock.ok())) {
    return lock ? Status(Error{"Another process could not start; it says why."})
                : Status(lock.error());
  }
  ProgressBar bar(0.0, JobsOf(*world, command.study.seeds), "jobs");
  StudyRun run = RunOf(command.study, stop, bar);
  if (!is_first) run.progress = [&](int) { return !stop.requested(); };
  const auto cells = RunTransfer(*world, run, **processes);
  bar.Clear();
  if (!cells) return cells.error();
  return is_first ? Write(command, *world, *cells) : Status();
}

}  // namespace

void AddTransferExperiment(CLI::App& experiment, int& exit_code) {
  auto options = std::make_shared<TransferCommand>();
  CLI::App* command = experiment.add_subcommand(
      "transfer", "Whether what was learned in one environment is of use in others.");
  command
      ->add_option("--env", options->environments,
                   "Environments, ids or files, with commas. In each its shipped constrained agent "
                   "plays; where there is none, the careful script.")
      ->delimiter(',')
      ->capture_default_str();
  AddStudyRunOptions(*command, options->study);
  AddFieldOptions(
      *command, TransferSettings{}, [](const auto&) { return "Options"; }, options->overrides);
  command->footer(
      "In every environment somebody answers about clips that the queue chooses, and cost models\n"
      "are fitted: full, to the whole observation; world, to what is around alone. Each is then\n"
      "measured in every environment, made to fit by the names of what it looks at.\n"
      "world+answers: fitted to the answers of both places, of the new one to a few; where both\n"
      "are one place, to those few alone. Policies play elsewhere likewise: what they look at and\n"
      "the other lacks sees nothing. What cannot be says why. missed: of the unsafe steps, where\n"
      "5 % of the safe ones of other episodes raise an alarm.\n" +
      agents::AnnotatorHelp());
  command->callback([options, &exit_code] {
    const StopSignal stop;
    exit_code = ExitCodeOf(Run(*options, stop), stop, GoesOnIn(options->study.out));
  });
}

}  // namespace lookout::app
