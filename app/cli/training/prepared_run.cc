#include "app/cli/training/prepared_run.h"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "agents/rl/runs/checkpoint.h"
#include "agents/rl/settings/settings.h"
#include "app/cli/support/fail.h"
#include "app/cost_models/cost_model_file.h"
#include "app/cost_models/limit_floor.h"
#include "app/desktop/robot_cameras.h"
#include "app/overseers/overseer_spec.h"
#include "app/platform/files.h"
#include "app/runs/saved_policy.h"
#include "app/runs/settings_file.h"
#include "sim/base/fingerprint.h"
#include "sim/base/log.h"
#include "sim/config/config_file.h"

namespace lookout::app {
namespace {

using agents::ProcessGroup;
using agents::TrainingRun;
using agents::TrainingSettings;

constexpr std::size_t kMostSettingsBytes = 1U << 20U;

// The model that the configuration names, whose fingerprint it takes down. Rejects another one than
// it has taken down before.
Status GiveCostModel(RunConfig& config, TrainingRun& run) {
  const std::string& file = config.cost_model_file;
  if (file.empty()) return {};
  auto loaded = LoadCostModelFile(file);
  if (!loaded.ok()) return loaded.error();
  const std::string& found = loaded->fingerprint;
  const std::string expected = std::exchange(config.cost_model_fingerprint, found);
  if (!expected.empty() && found != expected) {
    return BadInput(file + " is another cost model than the run has learned from (fingerprint " +
                    found + ", expected " + expected + "); to go on with it, say --cost-model " +
                    file + ".");
  }
  const Status adopted = run.SetCostModel(std::move(loaded->model));
  return adopted.ok() ? adopted : Status(BadInput(file + ": " + adopted.error().message));
}

// A run that is resumed from another folder finds its files all the same.
std::string AbsolutePath(const std::string& file) {
  return file.empty() ? file : std::filesystem::absolute(file).lexically_normal().string();
}

// file: of the run; given: by --cost-model now.
Status CheckCostModelOption(const TrainingSettings& settings, const std::string& file,
                            const std::string& given) {
  if (agents::NeedsCostModel(settings.cost_source) && file.empty()) {
    return WrongUsage("--cost " + std::string(ChoiceName(settings.cost_source)) +
                      " needs a model: add --cost-model FILE.");
  }
  if (!agents::NeedsCostModel(settings.cost_source) && !given.empty()) {
    return WrongUsage("--cost-model has no effect with --cost " +
                      std::string(ChoiceName(settings.cost_source)) +
                      "; leave it out, or add --cost learned, sum or max.");
  }
  return {};
}

// What is wrong with the content of a file, by its name.
Status InFile(const std::filesystem::path& file, const Status& status) {
  if (status.ok()) return status;
  return Error{file.string() + ": " + status.error().message, status.error().code};
}

// What the run takes its first policy from, read whole.
Result<std::string> ReadStart(const std::string& file) {
  if (file.empty()) return std::string();
  return ReadWholeFile(file, agents::kMostCheckpointBytes);
}

Status ApplySettingsFile(const std::string& file, TrainingSettings& settings) {
  if (file.empty()) return {};
  auto text = ReadWholeFile(file, kMostSettingsBytes);
  if (!text.ok()) return text.error();
  return ApplySettingsText(*text, file, settings);
}

// What a safe script costs under the model that the run learns from; nothing for other runs.
Result<std::optional<agents::LimitFloor>> FloorOf(const RunConfig& record,
                                                  const sim::EnvironmentConfig& config) {
  if (!agents::LimitsLearnedCost(record.settings)) return std::optional<agents::LimitFloor>();
  auto loaded = LoadCostModelFile(record.cost_model_file);
  if (!loaded.ok()) return loaded.error();
  auto floor = MeasureLimitFloor(record.settings, loaded->model, config,
                                 [&] { return MakeEnvironment(config, RobotCameras()); });
  if (!floor.ok()) return floor.error();
  return std::optional(std::move(*floor));
}

Status CheckLimitOf(const std::optional<agents::LimitFloor>& floor, const TrainOptions& options,
                    const TrainingSettings& settings) {
  if (!floor || options.anyway) return {};
  const Status met = agents::CheckLimit(*floor, settings.cost_limit);
  if (met.ok()) return met;
  return BadInput(met.error().message + " To train all the same, say --anyway.");
}

// In environments of that configuration, under the overseers that the settings name.
Result<std::unique_ptr<TrainingRun>> MakeRun(const TrainingSettings& settings,
                                             const sim::EnvironmentConfig& config,
                                             ProcessGroup& processes) {
  auto overseers = MakeOverseers(settings.overseer, config, RobotCameras(), {.guarded = false});
  if (!overseers.ok()) return overseers.error();
  const std::string slow = SlowOverseers(settings.overseer, config);
  if (processes.rank() == 0 && !slow.empty()) LogInfo(slow);
  return TrainingRun::CreateTogether(
      settings, [&] { return MakeEnvironment(config, RobotCameras()); }, processes, *overseers);
}

// The options are looked at before what is missing, so that a wrong name is told first.
Result<TrainingSettings> SettingsOfNew(const TrainOptions& options,
                                       const sim::EnvironmentConfig& config) {
  auto preset = agents::SettingsPreset(options.preset, config.robot_base);
  if (!preset.ok()) return WrongUsage(preset.error());
  if (Status s = ApplySettingsFile(options.settings_file, *preset); !s.ok()) return s.error();
  auto settings = ApplyOptions(options, *preset);
  if (!settings.ok()) return settings.error();
  if (options.folder.empty()) {
    return WrongUsage(
        "lookout train needs --out, a new folder, or --resume, that of a run to go on with.");
  }
  const Status cost_model =
      CheckCostModelOption(*settings, options.cost_model_file, options.cost_model_file);
  if (!cost_model.ok()) return cost_model.error();
  return settings;
}

Result<PreparedRun> StartRun(const TrainOptions& options, ProcessGroup& processes) {
  auto config = sim::LoadConfig(options.environment);
  if (!config.ok()) return config.error();
  auto settings = SettingsOfNew(options, *config);
  if (!settings.ok()) return settings.error();
  const auto start = ReadStart(options.start_from);
  if (!start.ok()) return start.error();
  if (!start->empty()) settings->start_from = options.start_from + "@" + Fingerprint(*start);
  auto run = MakeRun(*settings, *config, processes);
  if (!run.ok()) return run.error();
  const bool registered = sim::ConfigForId(options.environment).ok();
  RunConfig record{.environment = config->id,
                   .own_environment = registered ? std::nullopt : std::optional(*config),
                   .preset = options.preset,
                   .cost_model_file = AbsolutePath(options.cost_model_file),
                   .settings = *settings};
  if (Status s = GiveCostModel(record, **run); !s.ok()) return s.error();
  if (!start->empty()) {
    Status started = InFile(options.start_from, (*run)->StartFrom(*start));
    if (!started.ok()) return started.error();
  }
  auto floor = FloorOf(record, *config);
  if (!floor.ok()) return floor.error();
  if (Status s = CheckLimitOf(*floor, options, *settings); !s.ok()) return s.error();
  PreparedRun prepared{
      .folder = RunFolder(options.folder), .run = std::move(*run), .floor = std::move(*floor)};
  if (processes.rank() != 0) return prepared;
  if (Status s = prepared.folder.Lock(); !s.ok()) return s.error();
  if (Status s = prepared.folder.Start(record); !s.ok()) return s.error();
  if (agents::ReadsCostModel(*settings)) {
    if (Status s = prepared.folder.KeepPolicy(*prepared.run, 0); !s.ok()) return s.error();
  }
  return prepared;
}

// The configuration that the run was left with, under the cost model that is given anew.
Result<RunConfig> ReadSavedConfig(const RunFolder& folder, const TrainOptions& options) {
  auto saved = folder.ReadConfig();
  if (saved.ok() && !options.cost_model_file.empty()) {
    saved->cost_model_file = AbsolutePath(options.cost_model_file);
    saved->cost_model_fingerprint.clear();
  }
  return saved;
}

Status Restore(const RunFolder& folder, TrainingRun& run) {
  auto bytes = ReadWholeFile(folder.checkpoint(), agents::kMostCheckpointBytes);
  if (!bytes.ok()) return bytes.error();
  return InFile(folder.checkpoint(), run.RestoreCheckpoint(*bytes));
}

Result<PreparedRun> ResumeRun(const TrainOptions& options, ProcessGroup& processes) {
  RunFolder folder(options.resume);
  if (processes.rank() == 0 && folder.has_run()) {
    if (Status s = folder.Lock(); !s.ok()) return s.error();
  }
  auto saved = ReadSavedConfig(folder, options);
  if (!saved.ok()) return saved.error();
  if (Status s = ApplySettingsFile(options.settings_file, saved->settings); !s.ok()) {
    return s.error();
  }
  auto settings = ApplyOptions(options, saved->settings);
  if (!settings.ok()) return settings.error();
  if (Status s = CheckCostModelOption(*settings, saved->cost_model_file, options.cost_model_file);
      !s.ok()) {
    return s.error();
  }
  auto config = EnvironmentOf(*saved);
  if (!config.ok()) return config.error();
  auto run = MakeRun(*settings, *config, processes);
  if (!run.ok()) return run.error();
  if (Status s = Restore(folder, **run); !s.ok()) return s.error();
  if (Status s = GiveCostModel(*saved, **run); !s.ok()) return s.error();
  const auto iteration = (*run)->policy(true)->version();
  saved->settings = *settings;
  auto floor = FloorOf(*saved, *config);
  if (!floor.ok()) return floor.error();
  PreparedRun prepared{
      .folder = std::move(folder), .run = std::move(*run), .floor = std::move(*floor)};
  if (processes.rank() != 0) return prepared;
  auto before = prepared.folder.GoOn(static_cast<int>(iteration));
  if (!before.ok()) return before.error();
  prepared.steps_before = before->steps;
  prepared.costs_before = std::move(before->costs);
  prepared.seconds_before = before->seconds;
  if (Status s = WriteWholeFile(prepared.folder.config(), RunConfigText(*saved)); !s.ok()) {
    return s.error();
  }
  return prepared;
}

}  // namespace

Result<PreparedRun> PrepareRun(const TrainOptions& options, ProcessGroup& processes) {
  return options.resume.empty() ? StartRun(options, processes) : ResumeRun(options, processes);
}

}  // namespace lookout::app
