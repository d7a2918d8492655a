// All workers together on a project file of their own.
#include "app/workers/crew.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "agents/feedback/simulated_annotator.h"
#include "tests/app/workers/toy_world.h"
#include "tests/app/workers/worker_support.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

// A folder that goes when the test does.
struct Study {
  fs::path folder = fs::temp_directory_path() / ("lookout_crew_" + std::to_string(::getpid()));
  fs::path path = folder / "study.lookout";
  StudyContent content;

  Study() {
    fs::remove_all(folder);
    fs::create_directories(folder);
  }
  ~Study() { fs::remove_all(folder); }

  std::unique_ptr<Crew> Open(CrewOptions options) {
    auto project = Project::Open(path, ProjectAccess::kReadWrite);
    REQUIRE(project);
    auto crew = Crew::Start(std::move(project).value(), std::move(options), content);
    REQUIRE(crew);
    return std::move(crew).value();
  }
};

struct Listener {
  Recordings recordings;
  std::vector<std::string> notices;
  std::int64_t saved_sequence = 0;
  std::vector<sim::ChunkPtr> loaded;

  void OnEpisodeBegan(ui::EpisodeScenePtr scene) { recordings.Add(EpisodeBegan{std::move(scene)}); }
  void OnChunk(sim::ChunkPtr chunk) { recordings.Add(std::move(chunk)); }
  void OnPlayedThrough(const std::vector<EpisodeId>& episodes) {
    recordings.Add(PlayedThrough{episodes});
  }
  void OnEpisodeLoaded(const ui::EpisodeScenePtr&, const std::vector<sim::ChunkPtr>& chunks) {
    loaded = chunks;
  }
  void OnLoadFailed(EpisodeId, const std::string& message) { notices.push_back(message); }
  void OnRunLoaded(const LoadRun&, const std::string&) {}
  void OnJournalSaved(std::int64_t sequence) { saved_sequence = sequence; }
  void Notify(ui::NoticeLevel, std::string text) { notices.push_back(std::move(text)); }
};

CrewOptions QuickPointGoal() {
  CrewOptions options;
  Result<sim::EnvironmentConfig> config = sim::ConfigForId("Safexp-PointGoal1-v0");
  REQUIRE(config);
  config->num_steps = 150;
  options.player.environment = *config;
  options.player.agent = {ui::AgentKind::kRandom, {}};
  options.player.speed = ui::kUnlimitedSpeed;
  options.fitter.quiet = std::chrono::milliseconds(20);
  return options;
}

// What an oracle marks in every finished episode, as journal entries and as a request.
FitRequest MarkEverything(const Recordings& recordings, Crew& crew) {
  RandomState random(1);
  FitRequest request;
  std::int64_t sequence = 0;
  for (const auto& [id, episode] : recordings.episodes()) {
    if (!episode.finished()) continue;
    request.observation_dim = episode.scene->spec.observation_dim;
    request.episodes.emplace_back(id, episode.chunks);
    std::vector<float> costs;
    for (const auto& step : episode.steps) costs.push_back(static_cast<float>(step.costs.total));
    for (agents::Mark mark : agents::AnnotateEpisode(id, costs, {}, random)) {
      mark.id = MarkId{++sequence};
      request.marks.push_back(mark);
      crew.Ask(KeepJournal{{.sequence = sequence, .op = agents::JournalOp::kAdd, .mark = mark}});
    }
  }
  return request;
}

TEST_CASE_FIXTURE(Study, "episodes that were played through one seed are told of and kept") {
  {
    CrewOptions options = QuickPointGoal();
    options.player.playing = false;
    auto crew = Open(std::move(options));
    Listener listener;
    crew->Send(ui::PlayerCommand(
        ui::PlayThrough{{{ui::AgentKind::kGoToGoal, {}}, {ui::AgentKind::kCareful, {}}}, 6}));
    REQUIRE(Eventually([&] {
      crew->Poll(listener);
      return !listener.recordings.played_through().empty() && !crew->player().play_through;
    }));
    CHECK(listener.recordings.played_through()[0] == std::vector{EpisodeId{2}, EpisodeId{3}});
    CHECK(listener.recordings.At(3).finished());  // its steps came before the news
    CHECK(crew->player().agent == ui::AgentKind::kRandom);
    CHECK(listener.notices.empty());
  }
  auto crew = Open(QuickPointGoal());
  REQUIRE(content.episodes.size() == 3);
  for (const ui::EpisodeSummary& episode : content.episodes) {
    if (episode.id == EpisodeId{1}) continue;
    CHECK(episode.seed == 6);
    CHECK(episode.steps == 150);
  }
}

TEST_CASE_FIXTURE(Study, "watch, mark, fit, train on the learned cost; everything is kept") {
  std::vector<sim::StepRecord> first_episode;
  std::size_t marks = 0;
  {
    auto crew = Open(QuickPointGoal());
    Listener listener;
    const auto sees = [&](const std::function<bool()>& what) {
      return Eventually(
          [&] {
            crew->Poll(listener);
            return what();
          },
          std::chrono::seconds(60));
    };
    REQUIRE(sees([&] { return listener.recordings.Finished(20); }));
    crew->Send(ui::PlayerCommand(ui::SetPlaying{false}));
    first_episode = listener.recordings.At(1).steps;

    FitRequest request = MarkEverything(listener.recordings, *crew);
    marks = request.marks.size();
    crew->LabelsChanged(std::move(request));
    REQUIRE(sees([&] { return listener.saved_sequence == static_cast<std::int64_t>(marks); }));
    REQUIRE(sees([&] { return crew->fit().newest != nullptr || !crew->fit().refusal.empty(); }));
    REQUIRE_MESSAGE(crew->fit().newest != nullptr, crew->fit().refusal);

    crew->Send(ui::PlayerCommand(ui::StepForward{1}));
    REQUIRE(sees([&] { return crew->player().now.cost_model == CostModelId{1}; }));
    crew->Send(ui::TrainerCommand(ui::StartTraining{"Safexp-PointGoal1-v0",
                                                    {.algorithm = agents::Algorithm::kPpoLagrangian,
                                                     .cost_source = agents::CostSource::kLearned,
                                                     .total_steps = 200,
                                                     .steps_per_iteration = 100,
                                                     .environments = 2,
                                                     .hidden = 16,
                                                     .policy_iterations = 2,
                                                     .value_iterations = 2}}));
    REQUIRE(sees([&] { return crew->training().state == ui::TrainingState::kDone; }));
    crew->Send(ui::PlayerCommand(ui::SetAgent{ui::AgentKind::kNewestPolicy, {}}));
    REQUIRE(sees([&] { return crew->player().agent == ui::AgentKind::kNewestPolicy; }));
    CHECK(listener.recordings.in_order());
    CHECK(listener.notices.empty());
  }

  auto crew = Open(QuickPointGoal());
  Listener listener;
  CHECK(content.marks.marks().size() == marks);
  CHECK(content.episodes.size() >= 20);
  crew->Ask(LoadEpisode{EpisodeId{1}});
  REQUIRE(Eventually([&] {
    crew->Poll(listener);
    return !listener.loaded.empty() && crew->fit().newest && crew->training().history &&
           crew->player().episode;
  }));
  std::vector<sim::StepRecord> steps;
  for (const auto& chunk : listener.loaded) {
    steps.insert(steps.end(), chunk->steps.begin(), chunk->steps.end());
  }
  CHECK(SameSteps(steps, first_episode));
  CHECK(crew->fit().newest->id() == CostModelId{1});
  CHECK(crew->training().history->size() == 2);
  CHECK(crew->newest_policy().Get() != nullptr);
  CHECK(crew->player().episode.value > 20);
}

TEST_CASE_FIXTURE(Study, "failures reach the listener once, and the crew works on") {
  const auto plan = std::make_shared<ToyPlan>();
  plan->throw_at_step = 3;
  CrewOptions options;
  options.player.environment = "toy";
  options.player.agent = {ui::AgentKind::kRandom, {}};
  options.player.worlds = ToyWorlds(plan);
  auto crew = Open(std::move(options));
  Listener listener;
  REQUIRE(Eventually([&] {
    crew->Poll(listener);
    return !listener.notices.empty();
  }));
  for (int i = 0; i < 10; ++i) crew->Poll(listener);
  REQUIRE(listener.notices.size() == 1);
  CHECK(listener.notices[0] == "The player stopped: the bead fell off");
  CHECK(crew->player().now.state.qpos.allFinite());
}

TEST_CASE_FIXTURE(Study, "the crew ends within two seconds while everybody is busy") {
  auto crew = Open(QuickPointGoal());
  crew->Send(ui::TrainerCommand(ui::StartTraining{"Safexp-PointGoal1-v0", {}}));
  Listener listener;
  REQUIRE(Eventually([&] {
    crew->Poll(listener);
    return crew->training().iteration_fraction > 0.0;
  }));
  const auto before = std::chrono::steady_clock::now();
  crew.reset();
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(2));
}

}  // namespace
}  // namespace lookout::app
