#include "app/cli/train.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>
#include <type_traits>

#include "agents/rl/checkpoint.h"
#include "agents/rl/choices.h"
#include "agents/rl/settings.h"
#include "app/cli/commands.h"
#include "app/cli/stop_signal.h"
#include "app/desktop/robot_cameras.h"
#include "app/platform/files.h"
#include "app/runs/run_folder.h"
#include "app/runs/saved_policy.h"
#include "app/runs/settings_file.h"
#include "sim/base/log.h"
#include "sim/config_file.h"

namespace lookout::app {
namespace {

using agents::TrainingRun;
using agents::TrainingSettings;
using std::chrono::steady_clock;

constexpr std::size_t kMostFileBytes = 1U << 30U;
constexpr std::size_t kMostSettingsBytes = 1U << 20U;
constexpr auto kSaveInterval = std::chrono::seconds(30);

// A run, ready to iterate, and where it is kept.
struct PreparedRun {
  RunFolder folder;
  std::unique_ptr<TrainingRun> run;
  double seconds_before = 0.0;  // of earlier programs that worked on it
  std::int64_t steps_before = 0;
};

Status GiveCostModel(const std::string& file, TrainingRun& run) {
  if (file.empty()) return {};
  auto bytes = ReadWholeFile(file, kMostFileBytes);
  if (!bytes.ok()) return bytes.error();
  auto model = agents::DecodeCostModel(*bytes);
  if (!model.ok()) return BadInput(file + ": " + model.error().message);
  return run.SetCostModel(std::move(*model));
}

Status CheckCostModelOption(const TrainingSettings& settings, const std::string& file) {
  if (agents::NeedsCostModel(settings.cost_source) && file.empty()) {
    return BadInput("--cost " + std::string(agents::CostSourceName(settings.cost_source)) +
                    " needs a model: add --cost-model FILE.");
  }
  return {};
}

Status StartFrom(const std::string& file, TrainingRun& run) {
  if (file.empty()) return {};
  auto bytes = ReadWholeFile(file, kMostFileBytes);
  if (!bytes.ok()) return bytes.error();
  return run.StartFrom(*bytes);
}

Status ApplySettingsFile(const std::string& file, TrainingSettings& settings) {
  if (file.empty()) return {};
  auto text = ReadWholeFile(file, kMostSettingsBytes);
  if (!text.ok()) return text.error();
  return ApplySettingsText(*text, file, settings);
}

Result<PreparedRun> StartRun(const TrainOptions& options) {
  auto preset = agents::SettingsPreset(options.preset);
  if (!preset.ok()) return preset.error();
  if (Status s = ApplySettingsFile(options.settings_file, *preset); !s.ok()) return s.error();
  auto settings = ApplyOptions(options, *preset);
  if (!settings.ok()) return settings.error();
  if (Status s = CheckCostModelOption(*settings, options.cost_model_file); !s.ok()) {
    return s.error();
  }
  auto config = sim::LoadConfig(options.environment);
  if (!config.ok()) return config.error();
  auto run =
      TrainingRun::Create(*settings, [&] { return MakeEnvironment(*config, RobotCameras()); });
  if (!run.ok()) return run.error();
  if (Status s = GiveCostModel(options.cost_model_file, **run); !s.ok()) return s.error();
  if (Status s = StartFrom(options.start_from, **run); !s.ok()) return s.error();
  PreparedRun prepared{.folder = RunFolder(options.folder), .run = std::move(*run)};
  const bool registered = sim::ConfigForId(options.environment).ok();
  const Status started =
      prepared.folder.Start({.environment = config->id,
                             .own_environment = registered ? std::nullopt : std::optional(*config),
                             .preset = options.preset,
                             .cost_model_file = options.cost_model_file,
                             .settings = *settings});
  if (!started.ok()) return started.error();
  return prepared;
}

Result<PreparedRun> ResumeRun(const TrainOptions& options) {
  RunFolder folder(options.resume);
  auto text = ReadWholeFile(folder.config(), kMostFileBytes);
  if (!text.ok()) return text.error();
  auto saved = ParseRunConfig(*text, folder.config().string());
  if (!saved.ok()) return saved.error();
  if (!options.cost_model_file.empty()) saved->cost_model_file = options.cost_model_file;
  if (Status s = ApplySettingsFile(options.settings_file, saved->settings); !s.ok()) {
    return s.error();
  }
  auto settings = ApplyOptions(options, saved->settings);
  if (!settings.ok()) return settings.error();
  if (Status s = CheckCostModelOption(*settings, saved->cost_model_file); !s.ok()) {
    return s.error();
  }
  auto config = EnvironmentOf(*saved);
  if (!config.ok()) return config.error();
  auto run =
      TrainingRun::Create(*settings, [&] { return MakeEnvironment(*config, RobotCameras()); });
  if (!run.ok()) return run.error();
  auto bytes = ReadWholeFile(folder.checkpoint(), kMostFileBytes);
  if (!bytes.ok()) return bytes.error();
  if (Status s = (*run)->RestoreCheckpoint(*bytes); !s.ok()) return s.error();
  if (Status s = GiveCostModel(saved->cost_model_file, **run); !s.ok()) return s.error();
  const auto iteration = (*run)->policy(true)->version();
  auto seconds = folder.GoOn(static_cast<int>(iteration));
  if (!seconds.ok()) return seconds.error();
  saved->settings = *settings;
  if (Status s = WriteWholeFile(folder.config(), RunConfigText(*saved)); !s.ok()) {
    return s.error();
  }
  return PreparedRun{.folder = std::move(folder),
                     .run = std::move(*run),
                     .seconds_before = *seconds,
                     .steps_before = iteration * settings->steps_per_iteration};
}

// Iterates until finished, stopped or failed; the folder is up to date when it returns.
Status TrainToTheEnd(PreparedRun& prepared, TrainOutput output, const StopSignal& stop) {
  TrainingRun& run = *prepared.run;
  const TrainingSettings& settings = run.settings();
  TrainDisplay display(output, prepared.steps_before, settings.total_steps,
                       settings.steps_per_iteration);
  const auto start = steady_clock::now();
  auto saved = start;
  Status status;
  while (status.ok() && !run.finished() && !stop.requested()) {
    auto report = run.RunIteration([&](double fraction) {
      display.ShowProgress(fraction);
      return !stop.requested();
    });
    if (!report.ok()) {
      if (!stop.requested()) status = report.error();
      break;
    }
    const auto now = steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - start).count();
    const LoggedIteration logged{.report = *report,
                                 .run_seconds = prepared.seconds_before + seconds,
                                 .new_steps = settings.steps_per_iteration};
    display.ShowIteration(logged);
    status = prepared.folder.Append(logged);
    if (status.ok() && now - saved > kSaveInterval) {
      status = prepared.folder.Save(run);
      saved = now;
    }
  }
  display.Clear();
  const Status last = prepared.folder.Save(run);
  return status.ok() ? last : status;
}

// One option for each setting that has no option of its own.
void AddSettingOptions(CLI::App& command, TrainOptions& options) {
  TrainingSettings defaults;
  agents::VisitSettings(
      defaults, [&](std::string_view name, auto value, double, double, std::string_view help) {
        const std::string key(name);
        const std::string aliases = key == "cost-limit" ? "--limit,--cost-limit" : "--" + key;
        command
            .add_option_function<double>(
                aliases, [&options, key](const double& given) { options.overrides[key] = given; },
                std::string(help))
            ->group(key == "steps" || key == "seed" || key == "workers" || key == "cost-limit"
                        ? "Options"
                        : "Hyperparameters (defaults: the preset's)")
            ->default_str(CLI::detail::to_string(double(value)));
      });
}

Status ApplyChoices(const TrainOptions& options, TrainingSettings& settings) {
  const std::map<std::string_view, std::string> given = {
      {"algo", options.algorithm}, {"cost", options.cost}, {"multiplier", options.multiplier}};
  Status status;
  agents::VisitChoices(settings, [&](std::string_view name, auto& value, std::string_view what) {
    using Enum = std::decay_t<decltype(value)>;
    const std::string& text = given.at(name);
    if (text.empty() || !status.ok()) return;
    const auto choice = agents::ParseChoice<Enum>(text, what);
    if (choice.ok()) {
      value = *choice;
    } else {
      status = choice.error();
    }
  });
  if (status.ok() && !options.multiplier.empty() && !agents::HasMultiplier(settings.algorithm)) {
    return BadInput(std::string(agents::AlgorithmName(settings.algorithm)) +
                    " has no multiplier; leave out --multiplier, or use --algo ppo-lag or "
                    "trpo-lag.");
  }
  return status;
}

}  // namespace

Result<TrainingSettings> ApplyOptions(const TrainOptions& options, TrainingSettings base) {
  Status status = ApplyChoices(options, base);
  if (!status.ok()) return status.error();
  std::size_t used = 0;
  agents::VisitSettings(base, [&](std::string_view name, auto& value, double least, double most,
                                  std::string_view) {
    using Value = std::decay_t<decltype(value)>;
    const auto given = options.overrides.find(std::string(name));
    if (given == options.overrides.end()) return;
    ++used;
    const double number = given->second;
    const bool whole = std::is_floating_point_v<Value> || number == std::floor(number);
    if (status.ok() && !(number >= least && number <= most && whole)) {
      char text[160];
      std::snprintf(text, sizeof(text), "--%s is %g; it has to be %s from %g to %g.",
                    std::string(name).c_str(), number,
                    std::is_floating_point_v<Value> ? "a number" : "a whole number", least, most);
      status = BadInput(text);
    }
    if (status.ok()) value = static_cast<Value>(number);
  });
  LOOKOUT_CHECK(used == options.overrides.size(), "an option that is no setting");
  if (status.ok()) status = agents::CheckSettings(base);
  if (!status.ok()) return status.error();
  return base;
}

int RunTrain(const TrainOptions& options) {
  // Before the run is made, so that a signal during the set-up is not lost.
  const StopSignal stop;
  auto prepared = options.resume.empty() ? StartRun(options) : ResumeRun(options);
  if (!prepared.ok()) return Fail(prepared.error());
  const TrainingSettings& settings = prepared->run->settings();
  LogInfo(std::string(agents::AlgorithmName(settings.algorithm)) + " on " +
          prepared->run->spec().id + ", seed " + std::to_string(settings.seed) + ", in " +
          prepared->folder.path().string());
  if (Status status = TrainToTheEnd(*prepared, options.output, stop); !status.ok()) {
    return Fail(status.error());
  }
  if (stop.requested() && !prepared->run->finished()) {
    LogInfo("Stopped. Go on with: lookout train --resume " + prepared->folder.path().string());
    return kSignalExit + stop.number();
  }
  LogInfo("Done. The policy is " + prepared->folder.policy().string());
  return 0;
}

void AddTrainCommand(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("train", "Train an agent without a window");
  auto options = std::make_shared<TrainOptions>();
  command->add_option("--env", options->environment, "environment id, or a configuration file")
      ->capture_default_str();
  command->add_option("--algo", options->algorithm,
                      agents::ChoiceList(agents::Choices(agents::Algorithm{})));
  command->add_option("--multiplier", options->multiplier,
                      "how a Lagrangian agent finds its multiplier: " +
                          agents::ChoiceList(agents::Choices(agents::MultiplierKind{})));
  command->add_option("--cost", options->cost,
                      "which cost constrains; sum and max are of rule and learned: " +
                          agents::ChoiceList(agents::Choices(agents::CostSource{})));
  command->add_option("--cost-model", options->cost_model_file, "file of the learned cost");
  command->add_option("--start-from", options->start_from,
                      "policy or checkpoint file whose policy is learned further");
  command->add_option("--preset", options->preset, "ray2019 (as published) or fast")
      ->capture_default_str();
  command->add_option("--settings", options->settings_file,
                      "JSON file of settings by option names, over the preset's; options given "
                      "here replace its own");
  CLI::Option_group* folder = command->add_option_group("folder");
  folder->add_option("--out", options->folder, "new folder for logs, checkpoint and policy");
  folder->add_option("--resume", options->resume,
                     "folder of a run to go on with; options given anew replace its own");
  folder->require_option(1);
  command->add_flag_callback(
      "--json", [options] { options->output = TrainOutput::kJson; },
      "one JSON object per iteration on standard output instead of the table");
  AddSettingOptions(*command, *options);
  command->callback([options, &exit_code] { exit_code = RunTrain(*options); });
}

}  // namespace lookout::app
