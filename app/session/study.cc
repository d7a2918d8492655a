#include "app/session/study.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "agents/rl/checkpoint.h"
#include "app/platform/files.h"
#include "app/store/environments_json.h"
#include "sim/base/log.h"
#include "sim/config_file.h"

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
void FillWithShipped(PolicyShelf& shelf) {
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
    const Result<std::string> environment =
        bytes ? agents::EnvironmentOfPolicy(*bytes) : Result<std::string>(bytes.error());
    if (!environment) {
      LogWarning(path.string() + ": " + environment.error().message);
      continue;
    }
    shelf.Put({.name = path.stem().string(),
               .remark = "Trained beforehand and shipped with the program",
               .environment = *environment,
               .shipped = true},
              std::move(bytes).value());
  }
}

// What the project was left with; a warning if it cannot be read.
Status FillShelf(Project& project, EnvironmentShelf& shelf) {
  const std::string stored = project.Setting(kOwnEnvironments, "[]");
  Result<std::vector<sim::EnvironmentConfig>> environments = DecodeEnvironments(stored);
  if (!environments) return environments.error();
  for (sim::EnvironmentConfig& environment : *environments) {
    const Result<std::string> kept = shelf.Put(std::move(environment));
    if (!kept) return kept.error();
  }
  return {};
}

// The name under which the wanted environment is known; a file is put onto the shelf first.
Result<std::string> NameOf(const std::string& wanted, EnvironmentShelf& shelf) {
  if (shelf.Find(wanted)) return wanted;
  Result<sim::EnvironmentConfig> config = sim::LoadConfig(wanted);
  if (!config) return config.error();
  return shelf.Put(std::move(*config));
}

// Registered environments and those of the shelf.
Worlds WorldsOf(std::shared_ptr<const EnvironmentShelf> shelf, const sim::CameraFactory& cameras) {
  Worlds worlds(cameras);
  worlds.config = [shelf = std::move(shelf)](std::string_view id) { return shelf->Find(id); };
  return worlds;
}

}  // namespace

Study::Study(const sim::CameraFactory& cameras) : session_(Links()), opener_(Worlds(cameras)) {
  FillWithShipped(*policies_);
}

Result<std::unique_ptr<Study>> Study::Open(const StudyOptions& options) {
  Result<std::unique_ptr<Project>> project = Project::Open(options.project, options.access);
  if (!project) return project.error();
  Project& file = **project;

  std::unique_ptr<Study> study(new Study(options.cameras));
  const Status shelf_filled = FillShelf(file, *study->shelf_);
  if (!shelf_filled) {
    study->session_.Notify(ui::NoticeLevel::kWarning, shelf_filled.error().message);
  }
  study->kept_shelf_ = study->shelf_->version();
  CrewOptions crew_options;
  crew_options.player.environment = file.Setting("environment", kDefaultEnvironment);
  if (options.environment) {
    Result<std::string> name = NameOf(*options.environment, *study->shelf_);
    if (!name) return name.error();
    crew_options.player.environment = std::move(*name);
  }
  crew_options.player.seed =
      options.seed.value_or(NumberOr<std::uint32_t>(file.Setting("seed", "0"), 0));
  crew_options.player.playing = options.playing;
  crew_options.player.read_policy = crew_options.trainer.read_policy =
      [shelf = study->policies_](const std::string& name) { return shelf->Find(name); };
  crew_options.player.worlds = crew_options.trainer.worlds = crew_options.worlds =
      WorldsOf(study->shelf_, options.cameras);
  const double limit = NumberOr(file.Setting("cost_limit", ""), kDefaultCostLimit);

  StudyContent content;
  Result<std::unique_ptr<Crew>> crew =
      Crew::Start(std::move(*project), std::move(crew_options), content);
  if (!crew) return crew.error();
  study->crew_ = std::move(*crew);
  study->session_.SetCostLimit(limit);
  study->KeepShelf();
  study->session_.LoadMarks(std::move(content.marks));
  for (const ui::EpisodeSummary& summary : content.episodes) {
    study->session_.AddStoredEpisode(summary);
  }
  for (ui::RunTrack& run : content.runs) study->session_.AddStoredRun(std::move(run));
  if (!study->session_.marks().marks().marks().empty()) study->session_.SendLabels();
  return study;
}

WorkerLinks Study::Links() {
  return {.to_player = [this](ui::PlayerCommand wish) { crew_->Send(std::move(wish)); },
          .to_trainer = [this](ui::TrainerCommand wish) { crew_->Send(std::move(wish)); },
          .to_fitter = [this](ui::FitterCommand wish) { crew_->Send(std::move(wish)); },
          .labels_changed = [this](FitRequest labels) { crew_->LabelsChanged(std::move(labels)); },
          .to_keeper = [this](KeeperRequest wish) { crew_->Ask(std::move(wish)); },
          .open_files = [this](std::vector<fs::path> paths) { opener_.Open(std::move(paths)); },
          .keep_policy =
              [this](PolicyShelf::Entry entry, std::string bytes) {
                return policies_->Put(std::move(entry), std::move(bytes));
              }};
}

WorkerSnapshots Study::workers() const {
  return {crew_->player(), crew_->training(), crew_->fit(), crew_->field(), crew_->project()};
}

ui::Snapshots Study::View(const ui::FrameFigures& frame) const {
  return session_.View(workers(), frame);
}

void Study::Update(double elapsed_s) {
  crew_->Poll(session_);
  session_.Update(workers(), elapsed_s);
  TakeOpenedFiles();
  AskForField(elapsed_s);
  RememberPlayer();
}

void Study::TakeOpenedFiles() {
  if (!opener_.Take(opened_)) return;
  for (OpenedFiles& files : opened_) {
    for (const std::string& complaint : ComplaintsAbout(files)) {
      session_.Notify(ui::NoticeLevel::kWarning, complaint);
    }
    for (const fs::path& project : files.projects) {
      session_.Notify(ui::NoticeLevel::kInfo,
                      "A running window keeps its project. To open this one, start: lookout gui "
                      "--project " +
                          project.string());
    }
    Adopt(files.configurations);
    Adopt(std::move(files.policies));
  }
}

// Into the project, and the last of them before the person's eyes.
void Study::Adopt(const std::vector<OpenedFiles::Configuration>& opened) {
  std::optional<std::string> newest;
  for (const auto& [path, config] : opened) {
    const Result<std::string> name = shelf_->Put(config);
    if (!name) {
      session_.Notify(ui::NoticeLevel::kWarning, name.error().message);
      break;
    }
    newest = *name;
    opened_configurations_.push_back(path);
  }
  if (!newest) return;
  KeepShelf();
  session_.Send(ui::PlayerCommand(ui::SetEnvironment{*newest}));
  if (opened.size() > 1) {
    session_.Notify(ui::NoticeLevel::kInfo, std::to_string(opened.size()) +
                                                " environments were opened: the list of "
                                                "environments has them under \"Your own\".");
  }
}

// Among the agents, and the last of them into the seat.
void Study::Adopt(std::vector<OpenedFiles::Policy> opened) {
  for (OpenedFiles::Policy& policy : opened) {
    const std::string name =
        policies_->Put({std::move(policy.name), policy.path.string(), policy.environment},
                       std::move(policy.bytes));
    session_.Notify(
        ui::NoticeLevel::kInfo,
        "\"" + name + "\" is among the agents now; it was trained in " + policy.environment + ".");
    if (&policy == &opened.back()) {
      session_.Send(ui::PlayerCommand(ui::SetAgent{ui::AgentKind::kNamedPolicy, name}));
    }
  }
}

void Study::KeepShelf() {
  if (kept_shelf_ == shelf_->version()) return;
  kept_shelf_ = shelf_->version();
  crew_->Ask(KeepSetting{kOwnEnvironments, EncodeEnvironments(shelf_->Own())});
}

void Study::AskForField(double elapsed_s) {
  since_field_s_ += elapsed_s;
  if (!session_.field_visible() || since_field_s_ < kFieldInterval_s) return;
  const ui::FrameFigures no_figures;
  const ui::Snapshots view = View(no_figures);
  const ui::EpisodeTrack* track = view.shown_episode();
  const sim::StepRecord* shown = view.shown_step();
  if (track == nullptr || shown == nullptr) return;
  since_field_s_ = 0.0;
  crew_->Survey({track->scene_ptr(), view.playhead.step, *shown});
}

// So that the project reopens where it was left.
void Study::RememberPlayer() {
  const ui::PlayerSnapshot& player = crew_->player();
  if (!player.episode) return;
  if (player.environment != remembered_environment_) {
    remembered_environment_ = player.environment;
    crew_->Ask(KeepSetting{"environment", player.environment});
  }
  if (player.seed != remembered_seed_) {
    remembered_seed_ = player.seed;
    crew_->Ask(KeepSetting{"seed", std::to_string(player.seed)});
  }
}

}  // namespace lookout::app
