#include "app/session/study.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "app/platform/files.h"

namespace lookout::app {
namespace fs = std::filesystem;
namespace {

constexpr const char* kPolicySuffix = ".policy";
constexpr std::size_t kLargestPolicy = std::size_t{64} << 20;
constexpr double kFieldInterval_s = 0.1;
constexpr double kDefaultCostLimit = 25.0;

// Reads "12" or "0.5"; the fallback for anything else.
template <typename T>
T NumberOr(const std::string& text, T fallback) {
  T number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : fallback;
}

std::vector<std::string> ShippedAgents() {
  std::vector<std::string> names;
  const Result<fs::path> index = FindAsset("policies/README.md");
  if (!index) return names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(index->parent_path(), ignored)) {
    if (entry.path().extension() == kPolicySuffix) names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::string> ReadShippedPolicy(const std::string& name) {
  Result<fs::path> path = FindAsset("policies/" + name + kPolicySuffix);
  if (!path) return path.error();
  return ReadWholeFile(*path, kLargestPolicy);
}

}  // namespace

Study::Study(std::vector<std::string> shipped_agents)
    : session_(Links()), shipped_agents_(std::move(shipped_agents)) {}

Result<std::unique_ptr<Study>> Study::Open(const StudyOptions& options) {
  Result<std::unique_ptr<Project>> project = Project::Open(options.project, options.access);
  if (!project) return project.error();
  Project& file = **project;

  CrewOptions crew_options;
  crew_options.player.environment =
      options.environment.value_or(file.Setting("environment", kDefaultEnvironment));
  crew_options.player.seed =
      options.seed.value_or(NumberOr<std::uint32_t>(file.Setting("seed", "0"), 0));
  crew_options.player.playing = options.playing;
  crew_options.player.read_policy = ReadShippedPolicy;
  crew_options.trainer.read_policy = ReadShippedPolicy;
  crew_options.player.worlds = crew_options.trainer.worlds = crew_options.worlds =
      Worlds(options.cameras);
  const double limit = NumberOr(file.Setting("cost_limit", ""), kDefaultCostLimit);

  std::unique_ptr<Study> study(new Study(ShippedAgents()));
  StudyContent content;
  Result<std::unique_ptr<Crew>> crew =
      Crew::Start(std::move(*project), std::move(crew_options), content);
  if (!crew) return crew.error();
  study->crew_ = std::move(*crew);
  study->session_.SetCostLimit(limit);
  study->session_.LoadMarks(std::move(content.marks));
  for (const ui::EpisodeSummary& summary : content.episodes) {
    study->session_.AddStoredEpisode(summary);
  }
  if (!study->session_.marks().marks().marks().empty()) study->session_.SendLabels();
  return study;
}

WorkerLinks Study::Links() {
  return {.to_player = [this](ui::PlayerCommand wish) { crew_->Send(std::move(wish)); },
          .to_trainer = [this](ui::TrainerCommand wish) { crew_->Send(std::move(wish)); },
          .to_fitter = [this](ui::FitterCommand wish) { crew_->Send(std::move(wish)); },
          .labels_changed = [this](FitRequest labels) { crew_->LabelsChanged(std::move(labels)); },
          .to_keeper = [this](KeeperRequest wish) { crew_->Ask(std::move(wish)); }};
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
  AskForField(elapsed_s);
  RememberPlayer();
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
