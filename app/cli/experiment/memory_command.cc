#include "app/cli/experiment/memory_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "agents/rl/settings/settings.h"
#include "app/cli/experiment/study_command.h"
#include "app/cli/experiment/training_options.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/field_options.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/support/text/progress_bar.h"
#include "app/desktop/robot_cameras.h"
#include "app/experiments/memory/memory_files.h"
#include "app/experiments/memory/memory_summary.h"
#include "app/experiments/memory/run_memory.h"
#include "app/platform/files.h"
#include "app/runs/folder_lock.h"
#include "app/scale_out/mpi_processes.h"
#include "sim/config/config_file.h"

namespace lookout::app {
namespace {

struct MemoryCommand {
  std::vector<std::string> worlds{"PointGoal1", "half_blind", "narrow",     "blinking",
                                  "goal_once",  "late",       "no_velocity"};
  std::vector<std::string> networks{"mlp", "stacked", "gru", "trxl", "gtrxl"};
  std::vector<std::string> step_sizes{"usual", "small"};
  std::string algorithm{ChoiceName(agents::Algorithm::kPpoLagrangian)};
  double limit = 25.0;
  TrainingOptions training{.steps = 300'000};
  std::string out;
  int seeds = 3;
  int workers = 1;
  FieldOverrides overrides;
  bool json = false;
};

// Each once, in the order of the choices.
template <typename Enum>
Result<std::vector<Enum>> ChosenOf(const std::vector<std::string>& names, const char* what) {
  std::vector<Enum> chosen;
  for (const std::string& name : names) {
    const auto choice = ParseChoice<Enum>(name, what);
    if (!choice) return WrongUsage(choice.error());
    chosen.push_back(*choice);
  }
  std::ranges::sort(chosen);
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  return chosen;
}

Result<MemoryPlan> PlanOf(const MemoryCommand& command) {
  auto networks = ChosenOf<agents::NetworkKind>(command.networks, "network of --networks");
  if (!networks) return networks.error();
  auto step_sizes = ChosenOf<StepSize>(command.step_sizes, "step size of --step-sizes");
  if (!step_sizes) return step_sizes.error();
  return MemoryPlan{std::move(*networks), std::move(*step_sizes), command.seeds};
}

// The names of the program's own files stand for these, unless an environment is called so.
Result<sim::EnvironmentConfig> WorldOf(const std::string& id_or_file) {
  auto config = sim::LoadConfig(id_or_file);
  if (config) return config;
  const auto own = FindAsset("environments/" + id_or_file + ".json");
  return own ? sim::LoadConfig(own->string()) : config;
}

Status AddWorld(const std::string& id_or_file, MemorySettings& settings) {
  auto config = WorldOf(id_or_file);
  if (!config) return config.error();
  const std::string name = PlaceName(*config);
  for (const sim::EnvironmentConfig& world : settings.worlds) {
    if (PlaceName(world) != name) continue;
    if (sim::ConfigText(world) == sim::ConfigText(*config)) return {};
    return WrongUsage("--env names two environments that are called " + name +
                      "; the results could not be told apart.");
  }
  settings.worlds.push_back(std::move(*config));
  return {};
}

Result<MemorySettings> SettingsOf(const MemoryCommand& command) {
  MemorySettings settings;
  if (Status s = ApplyFieldOptions(command.overrides, settings); !s) return s.error();
  for (const std::string& world : command.worlds) {
    if (Status added = AddWorld(world, settings); !added) return added.error();
  }
  const auto algorithm = ParseChoice<agents::Algorithm>(command.algorithm, "algorithm of --algo");
  if (!algorithm) return WrongUsage(algorithm.error());
  auto training =
      ReadTraining(command.training, settings.worlds.front().robot_base, agents::CostSource::kRule);
  if (!training) return training.error();
  settings.training = std::move(*training);
  settings.training.algorithm = *algorithm;
  settings.training.cost_limit = command.limit;
  settings.training.workers = 1;  // agents are spread over the workers
  return settings;
}

std::vector<std::string> OnceEach(const std::vector<std::string>& names) {
  std::vector<std::string> once;
  for (const std::string& name : names) {
    if (std::ranges::find(once, name) == once.end()) once.push_back(name);
  }
  return once;
}

// What does the same again, whatever the defaults become.
std::string CommandText(const MemoryCommand& command, const MemorySettings& settings,
                        const MemoryPlan& plan) {
  std::vector<std::string_view> networks;
  for (const agents::NetworkKind network : plan.networks) networks.push_back(ChoiceName(network));
  std::vector<std::string_view> sizes;
  for (const StepSize size : plan.step_sizes) sizes.push_back(ChoiceName(size));
  std::string text = fmt::format(
      "lookout experiment memory --env {} --networks {} --step-sizes {} --seeds {} --algo {} "
      "--limit {} {}",
      fmt::join(OnceEach(command.worlds), ","), fmt::join(networks, ","), fmt::join(sizes, ","),
      plan.seeds, command.algorithm, NumberText(command.limit), TrainingText(command.training));
  VisitNumbers(settings, [&](const Field<MemorySettings>& field, auto value) {
    text += fmt::format(" --{} {}", field.name, NumberText(static_cast<double>(value)));
  });
  return text + " --out " + command.out;
}

Status Write(const MemoryCommand& command, const MemorySettings& settings, const MemoryPlan& plan,
             const std::vector<MemoryCell>& cells) {
  const std::vector<MemoryLine> lines = Summarise(cells, settings, plan);
  const std::string table = MemoryTable(settings, plan, lines);
  const std::string json = MemoryJson(settings, plan, lines, CommandText(command, settings, plan));
  const std::pair<std::string, std::string> files[] = {
      {"memory.md", table},
      {"memory.csv", MemoryCsv(settings, cells)},
      {"memory.svg", MemorySvg(settings, plan, lines)},
      {"memory.json", json}};
  std::printf("%s", command.json ? json.c_str() : table.c_str());
  return WriteStudyFiles(command.out, files);
}

Status Run(const MemoryCommand& command, const StopSignal& stop) {
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
  ProgressBar bar(0.0, static_cast<double>(CellsOf(*settings, *plan).size()), "agents");
  const auto cells = RunMemory(*settings, *plan, RobotCameras(),
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

constexpr char kMemoryHelp[] =
    "Networks: mlp sees the present alone; stacked the last four decisions side by side; gru, "
    "trxl\n"
    "and gtrxl remember. Step sizes: usual: as the preset and --settings say; small: a rate of\n"
    "1e-3, a KL of 0.02, gradients no longer than 0.5; large: 3e-3, 0.05, of any length. Every\n"
    "network is trained with each of them, in each world, from each seed, with as many steps; "
    "told\n"
    "are return and cost on new episodes, and in training at equal processor time.\n";

void AddPlanOptions(CLI::App& command, MemoryCommand& options) {
  command
      .add_option(
          "--env", options.worlds,
          "Environments, ids, files or names of files that come with the program, with commas.")
      ->delimiter(',')
      ->capture_default_str();
  command
      .add_option("--networks", options.networks,
                  "With commas: " + ChoiceList(agents::Choices(agents::NetworkKind{})))
      ->delimiter(',')
      ->capture_default_str();
  command
      .add_option("--step-sizes", options.step_sizes,
                  "Of the updates, with commas: " + ChoiceList(Choices(StepSize{})))
      ->delimiter(',')
      ->capture_default_str();
  command
      .add_option("--algo", options.algorithm,
                  "Algorithm: " + ChoiceList(agents::Choices(agents::Algorithm{})))
      ->capture_default_str();
  command.add_option("--limit", options.limit, "Cost of an episode that agents are allowed.")
      ->check(Between(0, 1e6))
      ->capture_default_str();
  command.add_option("--seeds", options.seeds, "So many, from 0 on; each trains anew.")
      ->check(Between(1, 1000))
      ->capture_default_str();
  command
      .add_option("--workers", options.workers, "Agents at a time; changes nothing but the times.")
      ->check(Between(1, 256))
      ->capture_default_str();
}

}  // namespace

void AddMemoryExperiment(CLI::App& experiment, int& exit_code) {
  auto options = std::make_shared<MemoryCommand>();
  CLI::App* command = experiment.add_subcommand(
      "memory", "What memory is worth to agents that do not see all of their world.");
  AddPlanOptions(*command, *options);
  AddTrainingOptions(*command, "Of the training of each agent.", options->training);
  AddFieldOptions(
      *command, MemorySettings{}, [](const auto&) { return "Options"; }, options->overrides);
  AddResultOptions(*command, "the table", options->out, options->json);
  command->footer(kMemoryHelp);
  command->callback([options, &exit_code] {
    const StopSignal stop;
    exit_code = ExitCodeOf(Run(*options, stop), stop, GoesOnIn(options->out));
  });
}

}  // namespace lookout::app
