#include "app/cli/train.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>
#include <type_traits>

#include "agents/rl/checkpoint.h"
#include "agents/rl/settings.h"
#include "app/cli/commands.h"
#include "app/cli/run_folder.h"
#include "app/cli/stop_signal.h"
#include "app/cli/train_display.h"
#include "app/desktop/robot_cameras.h"
#include "app/platform/files.h"
#include "sim/base/log.h"
#include "sim/config_file.h"
#include "sim/safety_gym.h"

namespace lookout::app {
namespace {

using agents::TrainingRun;
using agents::TrainingSettings;
using std::chrono::steady_clock;

constexpr std::size_t kMostFileBytes = 1U << 30U;
constexpr auto kSaveInterval = std::chrono::seconds(30);

Result<std::unique_ptr<sim::Environment>> MakeEnvironment(const sim::EnvironmentConfig& config) {
  auto environment = sim::SafetyGym::Create(config, RobotCameras());
  if (!environment.ok()) return environment.error();
  return std::unique_ptr<sim::Environment>(std::move(*environment));
}

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
  if (settings.cost_source == agents::CostSource::kLearned && file.empty()) {
    return BadInput("--cost learned needs a model: add --cost-model FILE.");
  }
  return {};
}

Status StartFrom(const std::string& file, TrainingRun& run) {
  if (file.empty()) return {};
  auto bytes = ReadWholeFile(file, kMostFileBytes);
  if (!bytes.ok()) return bytes.error();
  return run.StartFrom(*bytes);
}

Result<PreparedRun> StartRun(const TrainOptions& options) {
  auto preset = agents::SettingsPreset(options.preset);
  if (!preset.ok()) return preset.error();
  auto settings = ApplyOptions(options, *preset);
  if (!settings.ok()) return settings.error();
  if (Status s = CheckCostModelOption(*settings, options.cost_model_file); !s.ok()) {
    return s.error();
  }
  auto config = sim::LoadConfig(options.environment);
  if (!config.ok()) return config.error();
  auto run = TrainingRun::Create(*settings, [&] { return MakeEnvironment(*config); });
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
  const RunFolder folder(options.folder);
  auto text = ReadWholeFile(folder.config(), kMostFileBytes);
  if (!text.ok()) return text.error();
  auto saved = ParseRunConfig(*text, folder.config().string());
  if (!saved.ok()) return saved.error();
  if (!options.cost_model_file.empty()) saved->cost_model_file = options.cost_model_file;
  auto settings = ApplyOptions(options, saved->settings);
  if (!settings.ok()) return settings.error();
  if (Status s = CheckCostModelOption(*settings, saved->cost_model_file); !s.ok()) {
    return s.error();
  }
  auto config = saved->own_environment ? Result(*saved->own_environment)
                                       : sim::ConfigForId(saved->environment);
  if (!config.ok()) return config.error();
  auto run = TrainingRun::Create(*settings, [&] { return MakeEnvironment(*config); });
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
  return PreparedRun{.folder = folder,
                     .run = std::move(*run),
                     .seconds_before = *seconds,
                     .steps_before = iteration * settings->steps_per_iteration};
}

// Iterates until finished, stopped or failed; the folder is up to date when it returns.
Status TrainToTheEnd(PreparedRun& prepared, const StopSignal& stop) {
  TrainingRun& run = *prepared.run;
  const TrainingSettings& settings = run.settings();
  TrainDisplay display(prepared.steps_before, settings.total_steps, settings.steps_per_iteration);
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
    display.ShowIteration(*report);
    status = prepared.folder.Append(*report, prepared.seconds_before + seconds);
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

}  // namespace

Result<TrainingSettings> ApplyOptions(const TrainOptions& options, TrainingSettings base) {
  if (!options.algorithm.empty()) {
    auto algorithm = agents::ParseAlgorithm(options.algorithm);
    if (!algorithm.ok()) return algorithm.error();
    base.algorithm = *algorithm;
  }
  if (!options.cost.empty()) {
    auto cost = agents::ParseCostSource(options.cost);
    if (!cost.ok()) return cost.error();
    base.cost_source = *cost;
  }
  Status status;
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
  auto prepared = options.resume ? ResumeRun(options) : StartRun(options);
  if (!prepared.ok()) return Fail(prepared.error());
  const TrainingSettings& settings = prepared->run->settings();
  LogInfo(std::string(agents::AlgorithmName(settings.algorithm)) + " on " +
          prepared->run->spec().id + ", seed " + std::to_string(settings.seed) + ", in " +
          prepared->folder.path().string());
  if (Status status = TrainToTheEnd(*prepared, stop); !status.ok()) return Fail(status.error());
  if (stop.requested() && !prepared->run->finished()) {
    LogInfo("Stopped. Go on with: lookout train --resume --out " +
            prepared->folder.path().string());
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
  command->add_option("--algo", options->algorithm, "ppo or ppo-lag");
  command->add_option("--cost", options->cost, "which cost constrains: rule, learned or none");
  command->add_option("--cost-model", options->cost_model_file, "file of the learned cost");
  command->add_option("--start-from", options->start_from,
                      "policy or checkpoint file whose policy is learned further");
  command->add_option("--preset", options->preset, "ray2019 (as published) or fast")
      ->capture_default_str();
  command->add_option("--out", options->folder, "folder for logs, checkpoint and policy")
      ->required();
  command->add_flag("--resume", options->resume,
                    "go on with the run in --out; options given anew replace its own");
  AddSettingOptions(*command, *options);
  command->callback([options, &exit_code] { exit_code = RunTrain(*options); });
}

}  // namespace lookout::app
