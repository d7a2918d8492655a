#include "app/workspace/workspace.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "agents/rl/runs/checkpoint.h"
#include "app/platform/files.h"
#include "app/project/environments_json.h"
#include "sim/base/log.h"
#include "sim/config/config_file.h"

namespace lookout::app {
namespace fs = std::filesystem;
namespace {

constexpr const char* kPolicySuffix = ".policy";
constexpr double kFieldInterval_s = 0.1;
constexpr double kDefaultCostLimit = 25.0;
constexpr char kOwnEnvironments[] = "own_environments";  // a setting of the project

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
  const Status registry_filled = FillRegistry(file, *study->registry_);
  if (!registry_filled) {
    study->controller_.Notify(ui::NoticeLevel::kWarning, registry_filled.error().message);
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
  workers_options.player.playing = options.playing;
  workers_options.player.read_policy = workers_options.trainer.read_policy =
      [registry = study->policies_](const std::string& name) { return registry->Find(name); };
  workers_options.player.factory = workers_options.trainer.factory = workers_options.factory =
      WorldsOf(study->registry_, options.cameras);
  study->controller_.SetCostLimit(NumberOr(file.Setting("cost_limit", ""), kDefaultCostLimit));

  WorkspaceContent content;
  Result<std::unique_ptr<Workers>> workers =
      Workers::Start(std::move(*project), std::move(workers_options), content);
  if (!workers) return workers.error();
  study->workers_ = std::move(*workers);
  study->SaveRegistry();
  study->controller_.LoadMarks(std::move(content.marks));
  for (const ui::EpisodeSummary& summary : content.episodes) {
    study->controller_.AddStoredEpisode(summary);
  }
  for (ui::RunTrack& run : content.runs) study->controller_.AddStoredRun(std::move(run));
  return study;
}

WorkerLinks Workspace::Links() {
  return {
      .to_player = [this](ui::PlayerCommand command) { workers_->Send(std::move(command)); },
      .to_trainer = [this](ui::TrainerCommand command) { workers_->Send(std::move(command)); },
      .to_fitter = [this](ui::FitterCommand command) { workers_->Send(std::move(command)); },
      .observation_shown =
          [this](ObservationShown shown) { workers_->ShowObservation(std::move(shown)); },
      .labels_changed = [this](FitRequest labels) { workers_->LabelsChanged(std::move(labels)); },
      .to_project_writer = [this](WriteRequest command) { workers_->Ask(std::move(command)); },
      .open_files = [this](std::vector<fs::path> paths) { opener_.Open(std::move(paths)); },
      .keep_policy =
          [this](PolicyRegistry::Entry entry, std::string bytes) {
            return policies_->Put(std::move(entry), std::move(bytes));
          }};
}

WorkerSnapshots Workspace::workers() const {
  return {workers_->player(), workers_->training(), workers_->fit(), workers_->field(),
          workers_->project()};
}

ui::Snapshots Workspace::View(const ui::FrameFigures& frame) const {
  return controller_.View(workers(), frame);
}

void Workspace::Update(double elapsed_s) {
  workers_->Poll(controller_);
  controller_.Update(workers(), elapsed_s);
  TakeOpenedFiles();
  AskForField(elapsed_s);
  RememberPlayer();
}

void Workspace::TakeOpenedFiles() {
  if (!opener_.Take(opened_)) return;
  for (OpenedFiles& files : opened_) {
    for (const std::string& complaint : ComplaintsAbout(files)) {
      controller_.Notify(ui::NoticeLevel::kWarning, complaint);
    }
    for (const fs::path& project : files.projects) {
      controller_.Notify(ui::NoticeLevel::kInfo,
                         "A running window keeps its project. To open this one, start: lookout gui "
                         "--project " +
                             project.string());
    }
    Adopt(files.configurations);
    Adopt(std::move(files.policies));
  }
}

// Into the project, and the last of them before the person's eyes.
void Workspace::Adopt(const std::vector<OpenedFiles::Configuration>& opened) {
  std::optional<std::string> newest;
  for (const auto& [path, config] : opened) {
    const Result<std::string> name = registry_->Put(config);
    if (!name) {
      controller_.Notify(ui::NoticeLevel::kWarning, name.error().message);
      break;
    }
    newest = *name;
    opened_configurations_.push_back(path);
  }
  if (!newest) return;
  SaveRegistry();
  controller_.Send(ui::PlayerCommand(ui::SetEnvironment{*newest}));
  if (opened.size() > 1) {
    controller_.Notify(ui::NoticeLevel::kInfo, std::to_string(opened.size()) +
                                                   " environments were opened: the list of "
                                                   "environments has them under \"Your own\".");
  }
}

// Among the agents, and the last of them into the seat.
void Workspace::Adopt(std::vector<OpenedFiles::Policy> opened) {
  for (OpenedFiles::Policy& policy : opened) {
    const std::string name =
        policies_->Put({std::move(policy.name), policy.path.string(), policy.environment},
                       std::move(policy.bytes));
    controller_.Notify(
        ui::NoticeLevel::kInfo,
        "\"" + name + "\" is among the agents now; it was trained in " + policy.environment + ".");
    if (&policy == &opened.back()) {
      controller_.Send(ui::PlayerCommand(ui::SetAgent{ui::AgentKind::kNamedPolicy, name}));
    }
  }
}

void Workspace::SaveRegistry() {
  if (saved_registry_ == registry_->version()) return;
  saved_registry_ = registry_->version();
  workers_->Ask(SaveSetting{kOwnEnvironments, EncodeEnvironments(registry_->Own())});
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
  workers_->RequestCostField({track->scene_ptr(), view.playhead.step, *shown});
}

// So that the project reopens where it was left.
void Workspace::RememberPlayer() {
  const ui::PlayerSnapshot& player = workers_->player();
  if (!player.episode) return;
  if (player.environment != remembered_environment_) {
    remembered_environment_ = player.environment;
    workers_->Ask(SaveSetting{"environment", player.environment});
  }
  if (player.seed != remembered_seed_) {
    remembered_seed_ = player.seed;
    workers_->Ask(SaveSetting{"seed", std::to_string(player.seed)});
  }
}

}  // namespace lookout::app
