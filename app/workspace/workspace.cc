#include "app/workspace/workspace.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "agents/rl/runs/checkpoint.h"
#include "app/platform/files.h"
#include "app/project/environments_json.h"
#include "app/project/settings/annotators_file.h"
#include "app/project/settings/danger_classes_json.h"
#include "app/workers/fitter/fit_settings_text.h"
#include "app/workspace/files/library_file.h"
#include "app/workspace/files/remembered.h"
#include "app/workspace/floor_meter.h"
#include "app/workspace/overseer_maker.h"
#include "sim/base/log.h"
#include "sim/config/config_file.h"
#include "sim/environment/environment.h"

namespace lookout::app {
namespace fs = std::filesystem;
namespace {

constexpr const char* kPolicySuffix = ".policy";
constexpr double kFieldInterval_s = 0.1;
constexpr double kDefaultCostLimit = 25.0;
constexpr char kAgent[] = "agent";  // settings of the project
constexpr char kOverseer[] = "overseer";

// Reads "12" or "0.5"; the fallback for anything else.
template <typename T>
T NumberOr(const std::string& text, T fallback) {
  T number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : fallback;
}

// Policies of assets/policies, in the order of their names. One that cannot be read is left out
// with a warning.
void FillWithShipped(PolicyRegistry& registry) {
  const Result<fs::path> index = FindAsset("policies/README.md");
  if (!index) return;
  std::vector<fs::path> paths;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(index->parent_path(), ignored)) {
    if (entry.path().extension() == kPolicySuffix) paths.push_back(entry.path());
  }
  std::ranges::sort(paths, {}, [](const fs::path& path) { return path.stem().string(); });
  for (const fs::path& path : paths) {
    Result<std::string> bytes = ReadWholeFile(path, agents::kMostCheckpointBytes);
    const Result<agents::PolicyOrigin> origin =
        bytes ? agents::OriginOfPolicy(*bytes) : Result<agents::PolicyOrigin>(bytes.error());
    if (!origin) {
      LogWarning(path.string() + ": " + origin.error().message);
      continue;
    }
    registry.Put({.name = path.stem().string(),
                  .remark = "Trained beforehand and shipped with the program",
                  .environment = origin->environment_id,
                  .shipped = true},
                 std::move(bytes).value());
  }
}

// Its file; empty: none is shipped for that environment.
std::string ShippedCostModel(const std::string& environment) {
  return AssetFor("cost_models", sim::ShortEnvironmentName(environment), ".costmodel");
}

// What the project was left with; a warning if it cannot be read.
Status FillRegistry(Project& project, EnvironmentRegistry& registry) {
  const std::string stored = project.Setting(kOwnEnvironments, "[]");
  Result<std::vector<sim::EnvironmentConfig>> environments = DecodeEnvironments(stored);
  if (!environments) return environments.error();
  for (sim::EnvironmentConfig& environment : *environments) {
    const Result<std::string> kept = registry.Put(std::move(environment));
    if (!kept) return kept.error();
  }
  return {};
}

// The name under which the wanted environment is known; a file is put onto the registry first.
Result<std::string> NameOf(const std::string& wanted, EnvironmentRegistry& registry) {
  if (const auto known = registry.Find(wanted)) return known->id;
  Result<sim::EnvironmentConfig> config = sim::LoadConfig(wanted);
  if (!config) return config.error();
  return registry.Put(std::move(*config));
}

// Registered environments and those of the registry.
EnvironmentFactory WorldsOf(std::shared_ptr<const EnvironmentRegistry> registry,
                            const sim::CameraFactory& cameras) {
  EnvironmentFactory factory(cameras);
  factory.config = [registry = std::move(registry)](std::string_view id) {
    return registry->Find(id);
  };
  return factory;
}

}  // namespace

Workspace::Workspace(const sim::CameraFactory& cameras)
    : controller_(Links()), opener_(EnvironmentFactory(cameras)) {
  FillWithShipped(*policies_);
}

Result<std::unique_ptr<Workspace>> Workspace::Open(const WorkspaceOptions& options) {
  Result<std::unique_ptr<Project>> project = Project::Open(options.project, options.access);
  if (!project) return project.error();
  Project& file = **project;

  std::unique_ptr<Workspace> study(new Workspace(options.cameras));
  if (const Status filled = FillRegistry(file, *study->registry_); !filled) {
    study->controller_.Notify(ui::NoticeLevel::kWarning, filled.error().message);
  }
  if (!file.kept_copy().empty()) {
    study->controller_.Notify(ui::NoticeLevel::kInfo,
                              "The project was brought up to date. As it was it stands in " +
                                  file.kept_copy().string() + ".");
  }
  study->saved_registry_ = study->registry_->version();
  WorkersOptions workers_options;
  workers_options.player.environment = file.Setting("environment", kDefaultEnvironment);
  if (options.environment) {
    Result<std::string> name = NameOf(*options.environment, *study->registry_);
    if (!name) return name.error();
    workers_options.player.environment = std::move(*name);
  }
  workers_options.player.seed =
      options.seed.value_or(NumberOr<std::uint32_t>(file.Setting("seed", "0"), 0));
  study->Recall(file, options, workers_options.player);
  study->Recall(file, workers_options.fitter);
  workers_options.player.read_policy = workers_options.trainer.read_policy =
      [registry = study->policies_](const std::string& name) { return registry->Find(name); };
  workers_options.player.factory = workers_options.trainer.factory = workers_options.factory =
      WorldsOf(study->registry_, options.cameras);
  workers_options.cameras = options.cameras;
  workers_options.trainer.measure_floor = FloorMeterIn(workers_options.factory);
  WorkspaceContent content;
  Result<std::unique_ptr<Workers>> workers =
      Workers::Start(std::move(*project), std::move(workers_options), content);
  if (!workers) return workers.error();
  study->workers_ = std::move(*workers);
  study->SaveRegistry();
  study->Begin(std::move(content));
  return study;
}

// With what the project held, and as it was left.
void Workspace::Begin(WorkspaceContent content) {
  controller_.LoadMarks(std::move(content.marks));
  for (const ui::EpisodeSummary& summary : content.episodes) {
    controller_.AddStoredEpisode(summary);
  }
  for (ui::RunTrack& run : content.runs) controller_.AddStoredRun(std::move(run));
  // Before the first episode is heard of, and again for the window to say so.
  workers_->SetRecording(records_);
  if (!records_) controller_.Send(ui::WindowCommand(ui::SetRecording{false}));
  ReopenFiles();
}

// The limit, who marks, what was noted, who acted and what was open; an environment of the
// command line's has its usual agent.
void Workspace::Recall(Project& file, const WorkspaceOptions& options, PlayerOptions& player) {
  controller_.SetCostLimit(NumberOr(file.Setting("cost_limit", ""), kDefaultCostLimit));
  controller_.LoadAnnotators(AnnotatorsFromText(
      file.Setting(kAnnotatorsSetting, ""), LagOfMeFromText(file.Setting(kLagOfMeSetting, ""))));
  controller_.LoadDangerClasses(DangerClassesFromText(file.Setting(kDangerClassesSetting, "")));
  controller_.LoadLibrary(LoadLibrary(file));
  controller_.LoadSkippedQueries(file.Setting(WindowController::kSkippedQueries, "[]"));
  controller_.LoadLabellingProgress(file.Setting(WindowController::kLabellingProgress, "{}"));
  controller_.LoadCostReading(file.Setting(WindowController::kCostReading, ""));
  TellLastMarking(file);
  player.playing = options.playing;
  player.make_overseer = OverseerMakerFor(options.cameras);
  player.overseer = remembered_overseer_ = file.Setting(kOverseer, "");
  records_ = file.Setting("recording", "1") != "0";
  opened_paths_ = PathsFromText(file.Setting(kOpenedFiles, "[]"));
  environment_was_named_ = options.environment.has_value();
  if (!environment_was_named_) agent_to_restore_ = AgentFromText(file.Setting(kAgent, ""));
  if (!agent_to_restore_ || !IsThere(*agent_to_restore_)) return;
  player.agent = *std::exchange(agent_to_restore_, std::nullopt);
}

// How cost models are fitted here.
void Workspace::Recall(Project& file, FitterOptions& fitter) {
  auto settings = FitSettingsFromText(file.Setting(WindowController::kFitSettings, ""));
  if (settings) fitter.settings = *settings;
  fitter.shipped = ShippedCostModel;
  fitter.automatic = file.Setting(WindowController::kAutomaticFit, "1") != "0";
  controller_.LoadFitSettings(std::move(settings));
}

// Who quits sees no summary any more, so it is told once at the next start.
void Workspace::TellLastMarking(Project& file) {
  const std::string summary = file.Setting(WindowController::kLastMarking, "");
  if (summary.empty()) return;
  controller_.Notify(ui::NoticeLevel::kInfo, "Last time: " + summary);
  if (Status erased = file.EraseSetting(WindowController::kLastMarking); !erased) {
    LogWarning(erased.error().message);
  }
}

WorkerSnapshots Workspace::workers() const {
  return {workers_->player(), workers_->training(), workers_->fit(), workers_->field(),
          workers_->project()};
}

agents::PolicyPtr Workspace::newest_policy() const {
  const auto newest = workers_->newest_policy().Get();
  return newest ? newest->policy : nullptr;
}

ui::Snapshots Workspace::View(const ui::FrameFigures& frame) const {
  return controller_.View(workers(), frame);
}

void Workspace::Update(double elapsed_s) {
  workers_->Poll(controller_);
  controller_.Update(workers(), elapsed_s);
  TakeOpenedFiles();
  TellSavedPlots();
  AskForField(elapsed_s);
  RememberPlayer();
}

void Workspace::TellSavedPlots() {
  std::vector<PlotSaver::Outcome> outcomes;
  if (!plots_.Take(outcomes)) return;
  for (PlotSaver::Outcome& outcome : outcomes) {
    controller_.Notify(outcome.saved ? ui::NoticeLevel::kInfo : ui::NoticeLevel::kWarning,
                       std::move(outcome.message));
  }
}

void Workspace::AskForField(double elapsed_s) {
  since_field_s_ += elapsed_s;
  if (!controller_.field_visible() || since_field_s_ < kFieldInterval_s) return;
  const ui::FrameFigures no_figures;
  const ui::Snapshots view = View(no_figures);
  const ui::EpisodeTrack* track = view.shown_episode();
  const sim::StepRecord* shown = view.shown_step();
  if (track == nullptr || shown == nullptr) return;
  since_field_s_ = 0.0;
  // What was predicted when it was recorded came from the model of then.
  const CostModelId model = view.recorded_predictions ? shown->cost_model : CostModelId{};
  workers_->RequestCostField({track->scene_ptr(), view.playhead.step, *shown, model,
                              view.recorded_predictions ? agents::CostUse{} : view.cost_use});
}

// So that the project reopens where it was left.
void Workspace::RememberPlayer() {
  const ui::PlayerSnapshot& player = workers_->player();
  if (!player.episode) return;
  if (player.environment != remembered_environment_) {
    remembered_environment_ = player.environment;
    workers_->Ask(SaveSetting{"environment", player.environment});
  }
  const std::string agent = AgentText({player.agent, player.agent_name});
  const bool is_chosen = !player.oversight.has_wheel;  // not only for as long as a key is held
  if (is_chosen && !agent_to_restore_ && !agent.empty() && agent != remembered_agent_) {
    remembered_agent_ = agent;
    workers_->Ask(SaveSetting{kAgent, agent});
  }
  if (player.oversight.spec != remembered_overseer_) {
    remembered_overseer_ = player.oversight.spec;
    workers_->Ask(SaveSetting{kOverseer, remembered_overseer_});
  }
  if (player.seed != remembered_seed_) {
    remembered_seed_ = player.seed;
    workers_->Ask(SaveSetting{"seed", fmt::to_string(player.seed)});
  }
}

}  // namespace lookout::app
