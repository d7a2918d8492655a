// All workers together on a project file of their own.
#include "app/workers/workers.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "agents/feedback/annotators/simulated_annotator.h"
#include "tests/app/workers/toy_world.h"
#include "tests/app/workers/worker_support.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

// A folder that goes when the test does.
struct Workspace {
  fs::path folder = fs::temp_directory_path() / fmt::format("lookout_crew_{}", ::getpid());
  fs::path path = folder / "study.lookout";
  WorkspaceContent content;

  Workspace() {
    fs::remove_all(folder);
    fs::create_directories(folder);
  }
  ~Workspace() { fs::remove_all(folder); }

  std::unique_ptr<Workers> Open(WorkersOptions options) {
    auto project = Project::Open(path, ProjectAccess::kReadWrite);
    REQUIRE(project);
    auto workers = Workers::Start(std::move(project).value(), std::move(options), content);
    REQUIRE(workers);
    return std::move(workers).value();
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
  void OnPredicted(const EpisodePredictions&) {}
  void OnQueries(ProposedQueries) {}
  void OnAgreement(const MeasuredAgreement&) {}
  void OnVersions(const VersionsMeasured&) {}
  void OnBlocker(const ui::BlockerOnScreen&) {}
  void OnInspected(const InspectorAnswer&) {}
  void OnProof(const ProofNews&) {}
  void OnNewWays(const NewWaysNews&) {}
  void OnBlindSpots(const BlindSpotsNews&) {}
  void OnHardWorlds(const HardWorldsNews&) {}
  void OnRunLoaded(const LoadRun&, const std::string&) {}
  void OnJournalSaved(std::int64_t sequence) { saved_sequence = sequence; }
  void Notify(ui::NoticeLevel, std::string text) { notices.push_back(std::move(text)); }
};

WorkersOptions QuickPointGoal() {
  WorkersOptions options;
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
FitRequest MarkEverything(const Recordings& recordings, Workers& workers) {
  RandomState random(1);
  FitRequest request;
  std::int64_t sequence = 0;
  for (const auto& [id, episode] : recordings.episodes()) {
    if (!episode.finished()) continue;
    request.signature = episode.scene->spec.signature();
    request.episodes.emplace_back(id, static_cast<StepIndex>(episode.steps.size()));
    std::vector<float> costs;
    for (const auto& step : episode.steps) costs.push_back(static_cast<float>(step.costs.total));
    for (agents::Mark mark : agents::AnnotateEpisode(id, costs, {}, random)) {
      mark.id = MarkId{++sequence};
      request.feedback.push_back(RecordOf(mark));
      workers.Ask(SaveJournal{
          {.sequence = sequence, .op = agents::JournalOp::kAdd, .record = RecordOf(mark)}});
    }
  }
  return request;
}

TEST_CASE_FIXTURE(Workspace, "episodes that were played through one seed are told of and kept") {
  {
    WorkersOptions options = QuickPointGoal();
    options.player.playing = false;
    std::get<sim::EnvironmentConfig>(options.player.environment).frameskip_binom_n = 5;
    auto workers = Open(std::move(options));
    Listener listener;
    workers->Send(ui::PlayerCommand(
        ui::PairedRollout{{{ui::AgentKind::kGoToGoal, {}}, {ui::AgentKind::kCareful, {}}}, 6}));
    REQUIRE(Eventually([&] {
      workers->Poll(listener);
      return !listener.recordings.played_through().empty() && !workers->player().paired_rollout;
    }));
    CHECK(listener.recordings.played_through()[0] == std::vector{EpisodeId{2}, EpisodeId{3}});
    CHECK(listener.recordings.At(3).finished());  // its steps came before the news
    CHECK(workers->player().agent == ui::AgentKind::kRandom);
    CHECK(listener.notices.empty());
  }
  auto workers = Open(QuickPointGoal());
  REQUIRE(content.episodes.size() == 3);
  for (const ui::EpisodeSummary& episode : content.episodes) {
    if (episode.id == EpisodeId{1}) continue;
    CHECK(episode.seed == 6);
    CHECK(episode.steps == 150);
    CHECK(episode.step_duration_s == doctest::Approx(0.01));
  }
}

// Polls until it holds; a minute is the end of patience.
bool Sees(Workers& workers, Listener& listener, const std::function<bool()>& what) {
  return Eventually(
      [&] {
        workers.Poll(listener);
        return what();
      },
      std::chrono::seconds(60));
}

// A cost model is fitted to an oracle's marks in all finished episodes. Returns how many marks.
std::size_t MarkAndFit(Workers& workers, Listener& listener) {
  FitRequest request = MarkEverything(listener.recordings, workers);
  const std::size_t marks = request.feedback.size();
  workers.LabelsChanged(std::move(request));
  REQUIRE(Sees(workers, listener,
               [&] { return listener.saved_sequence == static_cast<std::int64_t>(marks); }));
  REQUIRE(Sees(workers, listener,
               [&] { return workers.fit().model || !workers.fit().refusal.empty(); }));
  REQUIRE_MESSAGE(workers.fit().model != nullptr, workers.fit().refusal);
  return marks;
}

void TrainOnLearnedCost(Workers& workers, Listener& listener) {
  workers.Send(ui::TrainerCommand(ui::StartTraining{"Safexp-PointGoal1-v0",
                                                    {.algorithm = agents::Algorithm::kPpoLagrangian,
                                                     .cost_source = agents::CostSource::kLearned,
                                                     .total_steps = 200,
                                                     .steps_per_iteration = 100,
                                                     .environments = 2,
                                                     .hidden = 16,
                                                     .policy_iterations = 2,
                                                     .value_iterations = 2}}));
  REQUIRE(Sees(workers, listener,
               [&] { return workers.training().state == ui::TrainingState::kDone; }));
}

TEST_CASE_FIXTURE(Workspace, "watch, mark, fit, train on the learned cost, everything is kept") {
  std::vector<sim::StepRecord> first_episode;
  std::size_t marks = 0;
  {
    auto workers = Open(QuickPointGoal());
    Listener listener;
    REQUIRE(Sees(*workers, listener, [&] { return listener.recordings.Finished(20); }));
    workers->Send(ui::PlayerCommand(ui::SetPlaying{false}));
    first_episode = listener.recordings.At(1).steps;
    marks = MarkAndFit(*workers, listener);
    workers->Send(ui::PlayerCommand(ui::StepForward{1}));
    REQUIRE(Sees(*workers, listener,
                 [&] { return workers->player().now.cost_model == CostModelId{1}; }));
    TrainOnLearnedCost(*workers, listener);
    workers->Send(ui::PlayerCommand(ui::SetAgent{ui::AgentKind::kNewestPolicy, {}}));
    REQUIRE(Sees(*workers, listener,
                 [&] { return workers->player().agent == ui::AgentKind::kNewestPolicy; }));
    CHECK(listener.recordings.in_order());
    CHECK(listener.notices.empty());
  }

  auto workers = Open(QuickPointGoal());
  Listener listener;
  CHECK(content.marks.marks().size() == marks);
  CHECK(content.episodes.size() >= 20);
  workers->Ask(LoadEpisode{EpisodeId{1}});
  REQUIRE(Eventually([&] {
    workers->Poll(listener);
    return !listener.loaded.empty() && workers->cost_models().Find({1}) &&
           workers->training().history && workers->player().episode;
  }));
  std::vector<sim::StepRecord> steps;
  for (const auto& chunk : listener.loaded) {
    steps.insert(steps.end(), chunk->steps.begin(), chunk->steps.end());
  }
  CHECK(SameSteps(steps, first_episode));
  CHECK(workers->training().history->size() == 2);
  CHECK(workers->newest_policy().Get() != nullptr);
  CHECK(workers->player().episode.value > 20);
}

TEST_CASE_FIXTURE(Workspace, "failures reach the listener once, and the crew works on") {
  const auto plan = std::make_shared<ToyPlan>();
  plan->throw_at_step = 3;
  WorkersOptions options;
  options.player.environment = "toy";
  options.player.agent = {ui::AgentKind::kRandom, {}};
  options.player.factory = ToyEnvironmentFactory(plan);
  auto workers = Open(std::move(options));
  Listener listener;
  REQUIRE(Eventually([&] {
    workers->Poll(listener);
    return !listener.notices.empty();
  }));
  for (int i = 0; i < 10; ++i) workers->Poll(listener);
  REQUIRE(listener.notices.size() == 1);
  CHECK(listener.notices[0] == "The player stopped: the bead fell off");
  CHECK(workers->player().now.state->qpos.allFinite());
}

TEST_CASE_FIXTURE(Workspace, "the workers end in the middle of an iteration, and keep none of it") {
  auto workers = Open(QuickPointGoal());
  workers->Send(ui::TrainerCommand(ui::StartTraining{"Safexp-PointGoal1-v0", {}}));
  Listener listener;
  REQUIRE(Eventually([&] {
    workers->Poll(listener);
    return workers->training().iteration_fraction > 0.0;
  }));
  workers.reset();
  workers = Open(QuickPointGoal());
  REQUIRE(content.runs.size() == 1);
  CHECK((!content.runs[0].history || content.runs[0].history->empty()));
}

}  // namespace
}  // namespace lookout::app
