#include "app/session/session.h"

#include <doctest/doctest.h>

#include <memory>
#include <utility>
#include <vector>

#include "app/platform/files.h"

namespace lookout::app {
namespace {

// Stands in for the workers: keeps what they are sent, and says what a test wants them to say.
struct FakeWorkers {
  std::vector<ui::PlayerCommand> player_commands;
  std::vector<ui::TrainerCommand> trainer_commands;
  std::vector<ui::FitterCommand> fitter_commands;
  PolicyShelf policies;
  std::vector<FitRequest> label_sources;
  std::vector<KeeperRequest> keeper_requests;
  std::vector<std::filesystem::path> paths;
  ui::PlayerSnapshot player;
  ui::TrainingSnapshot training;
  ui::FitSnapshot fit;
  ui::FieldSnapshot field;
  ui::ProjectSnapshot project;

  WorkerLinks links() {
    return {
        .to_player = [this](ui::PlayerCommand c) { player_commands.push_back(std::move(c)); },
        .to_trainer = [this](ui::TrainerCommand c) { trainer_commands.push_back(std::move(c)); },
        .to_fitter = [this](ui::FitterCommand c) { fitter_commands.push_back(std::move(c)); },
        .labels_changed = [this](FitRequest s) { label_sources.push_back(std::move(s)); },
        .to_keeper = [this](KeeperRequest r) { keeper_requests.push_back(std::move(r)); },
        .open_files = [this](std::vector<std::filesystem::path> p) { paths = std::move(p); },
        .keep_policy =
            [this](PolicyShelf::Entry entry, std::string bytes) {
              return policies.Put(std::move(entry), std::move(bytes));
            }};
  }
  WorkerSnapshots snapshots() const { return {player, training, fit, field, project}; }

  template <typename T>
  int CountPlayer() const {
    int count = 0;
    for (const auto& command : player_commands) count += std::holds_alternative<T>(command);
    return count;
  }
  std::vector<agents::JournalEntry> journal() const {
    std::vector<agents::JournalEntry> entries;
    for (const auto& request : keeper_requests) {
      if (const auto* keep = std::get_if<KeepJournal>(&request)) entries.push_back(keep->entry);
    }
    return entries;
  }
};

ui::EpisodeScenePtr SceneOf(std::int64_t id) {
  auto header = std::make_shared<sim::EpisodeHeader>();
  header->id = EpisodeId{id};
  auto scene = std::make_shared<ui::EpisodeScene>();
  scene->header = header;
  scene->spec.step_duration_s = 0.02;
  scene->spec.observation_dim = 4;
  return scene;
}

sim::ChunkPtr Steps(std::int64_t id, StepIndex first, int count) {
  auto chunk = std::make_shared<sim::RecordingChunk>();
  chunk->episode = EpisodeId{id};
  chunk->first_step = first;
  chunk->steps.resize(static_cast<std::size_t>(count));
  return chunk;
}

// A session that watches live episode 1 at its 100th step, playing at real time.
struct Watching {
  FakeWorkers workers;
  Session session{workers.links()};

  Watching() {
    session.OnEpisodeBegan(SceneOf(1));
    session.OnChunk(Steps(1, 0, 101));
    workers.player.episode = EpisodeId{1};
    workers.player.playing = true;
    LiveAt(100);
  }
  void LiveAt(StepIndex step) {
    workers.player.step = step;
    const StepIndex known = session.episodes().Find(EpisodeId{1})->steps();
    if (step >= known) session.OnChunk(Steps(1, known, step + 1 - known));
    Frame();
  }
  void Frame(double elapsed_s = 0.016) { session.Update(workers.snapshots(), elapsed_s); }
  void Do(ui::Command command) {
    session.Send(std::move(command));
    Frame();
  }
  ui::Snapshots View() { return session.View(workers.snapshots(), figures); }

  ui::FrameFigures figures;
};

TEST_CASE("the playhead follows the live episode") {
  Watching watching;
  CHECK(watching.session.playhead().live);
  watching.LiveAt(120);
  CHECK(watching.session.playhead().step == 120);
}

TEST_CASE("holding a key marks the steps that were on screen, late by the reaction lag") {
  Watching watching;
  watching.Do(ui::MarkCommand{ui::BeginMark{agents::Verdict::kUnsafe}});
  watching.LiveAt(130);
  watching.Do(ui::MarkCommand{ui::EndMark{}});

  REQUIRE(watching.workers.journal().size() == 1);
  const agents::Mark mark = watching.workers.journal().front().mark;
  CHECK(mark.first_step == 100);
  CHECK(mark.last_step == 130);
  CHECK(mark.verdict == agents::Verdict::kUnsafe);
  CHECK(mark.reaction_lag_steps == 15);  // 300 ms at 50 steps per second
  REQUIRE_FALSE(watching.workers.label_sources.empty());
  CHECK(watching.workers.label_sources.back().marks.size() == 1);
  CHECK(watching.workers.label_sources.back().episodes.size() == 1);
}

TEST_CASE("watching at double speed doubles the lag, a standing picture has none") {
  Watching watching;
  watching.workers.player.target_speed = 2.0;
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.Do(ui::MarkCommand{ui::EndMark{}});
  CHECK(watching.workers.journal().back().mark.reaction_lag_steps == 30);

  watching.workers.player.playing = false;
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.Do(ui::MarkCommand{ui::EndMark{}});
  CHECK(watching.workers.journal().back().mark.reaction_lag_steps == 0);
}

TEST_CASE("an open mark ends by itself when the next episode comes on screen") {
  Watching watching;
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.LiveAt(110);
  watching.session.OnEpisodeBegan(SceneOf(2));
  watching.session.OnChunk(Steps(2, 0, 1));
  watching.workers.player.episode = EpisodeId{2};
  watching.workers.player.step = 0;
  watching.Frame();
  REQUIRE(watching.workers.journal().size() == 1);
  CHECK(watching.workers.journal()[0].mark.episode == EpisodeId{1});
  CHECK(watching.workers.journal()[0].mark.last_step == 110);
}

TEST_CASE("scrubbing pauses the live episode and shows the past") {
  Watching watching;
  watching.Do(ui::WindowCommand{ui::Seek{EpisodeId{1}, 40}});
  CHECK_FALSE(watching.session.playhead().live);
  CHECK(watching.session.playhead().step == 40);
  CHECK(watching.workers.CountPlayer<ui::SetPlaying>() == 1);

  watching.Do(ui::WindowCommand{ui::Seek{EpisodeId{1}, 100000}});
  CHECK(watching.session.playhead().step == 100);
  watching.Do(ui::WindowCommand{ui::SeekBy{-1000}});
  CHECK(watching.session.playhead().step == 0);
}

TEST_CASE("in review, play moves through the recording and stops at its end") {
  Watching watching;
  watching.Do(ui::WindowCommand{ui::Seek{EpisodeId{1}, 40}});
  const auto sent = watching.workers.player_commands.size();
  watching.Do(ui::PlayerCommand{ui::SetPlaying{true}});
  CHECK(watching.workers.player_commands.size() == sent);  // the live episode stays as it is
  watching.Frame(0.2);
  CHECK(watching.session.playhead().step == 50);
  watching.Frame(60.0);
  CHECK(watching.session.playhead().step == 100);
  CHECK_FALSE(watching.session.playhead().replaying);
}

TEST_CASE("continuing from the past branches there and goes live") {
  Watching watching;
  watching.Do(ui::WindowCommand{ui::Seek{EpisodeId{1}, 40}});
  watching.Do(ui::WindowCommand{ui::ContinueFrom{EpisodeId{1}, 40}});
  CHECK(watching.workers.CountPlayer<ui::BranchFrom>() == 1);
  CHECK(watching.session.playhead().live);
}

TEST_CASE("undo and redo travel to the project file and to the fitter") {
  Watching watching;
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.Do(ui::MarkCommand{ui::EndMark{}});
  watching.Do(ui::MarkCommand{ui::Undo{}});
  CHECK(watching.workers.journal().back().op == agents::JournalOp::kUndo);
  CHECK(watching.workers.label_sources.back().marks.empty());
  watching.Do(ui::MarkCommand{ui::Redo{}});
  CHECK(watching.workers.label_sources.back().marks.size() == 1);
}

TEST_CASE("a mark on an episode that is not in memory loads it, then labels follow") {
  FakeWorkers workers;
  Session session(workers.links());
  agents::MarkSet stored;
  const agents::Mark mark{.id = MarkId{1}, .episode = EpisodeId{9}, .last_step = 3};
  REQUIRE(stored.Apply({.sequence = 1, .op = agents::JournalOp::kAdd, .mark = mark}).ok());
  session.LoadMarks(std::move(stored));
  session.SendLabels();
  REQUIRE(workers.keeper_requests.size() == 1);
  CHECK(std::get<LoadEpisode>(workers.keeper_requests[0]).id == EpisodeId{9});
  CHECK(workers.label_sources.back().episodes.empty());

  session.OnEpisodeLoaded(SceneOf(9), {Steps(9, 0, 5)});
  CHECK(workers.label_sources.back().episodes.size() == 1);
}

TEST_CASE("an episode that cannot be loaded is named once and not asked for again") {
  FakeWorkers workers;
  Session session(workers.links());
  session.Send(ui::WindowCommand{ui::OpenEpisode{EpisodeId{5}}});
  session.Update(workers.snapshots(), 0.0);
  session.OnLoadFailed(EpisodeId{5}, "Episode 5 cannot be read.");
  session.Send(ui::WindowCommand{ui::OpenEpisode{EpisodeId{5}}});
  session.Update(workers.snapshots(), 0.0);
  CHECK(workers.keeper_requests.size() == 1);
  const ui::FrameFigures figures;
  const WorkerSnapshots snapshots = workers.snapshots();
  CHECK(session.View(snapshots, figures).notices.size() == 1);
}

TEST_CASE("a read-only project refuses marks and says why") {
  Watching watching;
  watching.workers.project.read_only = true;
  watching.workers.project.read_only_reason = "the folder is not writable";
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.Do(ui::MarkCommand{ui::EndMark{}});
  CHECK(watching.workers.journal().empty());
  const ui::FrameFigures figures;
  const WorkerSnapshots snapshots = watching.workers.snapshots();
  const ui::Snapshots view = watching.session.View(snapshots, figures);
  REQUIRE(view.notices.size() == 1);
  CHECK(view.notices[0].text.find("not writable") != std::string::npos);
}

TEST_CASE("Drive mode takes the wheel and gives it back to whoever had it") {
  Watching watching;
  watching.workers.player.agent = ui::AgentKind::kNamedPolicy;
  watching.workers.player.agent_name = "pointgoal1-ppo";
  watching.Frame();
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kDrive}});
  REQUIRE(watching.workers.CountPlayer<ui::SetAgent>() == 1);
  CHECK(std::get<ui::SetAgent>(watching.workers.player_commands.back()).kind ==
        ui::AgentKind::kHuman);
  watching.workers.player.agent = ui::AgentKind::kHuman;
  watching.workers.player.agent_name = "You";
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kDrive}});
  CHECK(watching.workers.CountPlayer<ui::SetAgent>() == 1);
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kMark}});
  REQUIRE(watching.workers.CountPlayer<ui::SetAgent>() == 2);
  const auto& back = std::get<ui::SetAgent>(watching.workers.player_commands.back());
  CHECK(back.kind == ui::AgentKind::kNamedPolicy);
  CHECK(back.policy == "pointgoal1-ppo");
}

TEST_CASE("who chooses to steer gets the keys, who chooses another agent gives them up") {
  Watching watching;
  const ui::FrameFigures figures;
  const auto mode = [&] {
    return watching.session.View(watching.workers.snapshots(), figures).mode;
  };
  watching.Do(ui::PlayerCommand{ui::SetAgent{ui::AgentKind::kHuman, {}}});
  CHECK(mode() == ui::InputMode::kDrive);
  watching.Do(ui::PlayerCommand{ui::SetAgent{ui::AgentKind::kRandom, {}}});
  CHECK(mode() == ui::InputMode::kView);
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kMark}});
  CHECK(watching.workers.CountPlayer<ui::SetAgent>() == 2);
}

TEST_CASE("files are handed to whoever opens them") {
  Watching watching;
  watching.Do(ui::WindowCommand{ui::OpenFiles{{"/a/maze.json", "/b"}}});
  CHECK(watching.workers.paths == std::vector<std::filesystem::path>{"/a/maze.json", "/b"});
  watching.Do(ui::WindowCommand{ui::OpenFiles{{"~/runs/ppo"}}});
  CHECK(watching.workers.paths.back() == ExpandHome("~/runs/ppo"));
  CHECK(watching.workers.paths.back() != "~/runs/ppo");
}

struct WithRuns : Watching {
  WithRuns() {
    auto history = std::make_shared<std::vector<agents::IterationReport>>();
    for (int i = 1; i <= 8; ++i) history->push_back({.iteration = i});
    session.AddStoredRun({.id = RunId{2}, .environment = "Safexp-CarGoal1-v0", .history = history});
    workers.player.environment = "Safexp-PointGoal1-v0";
    Frame();
  }
  template <typename T>
  const T& Sent(std::size_t index) const {
    return std::get<T>(workers.player_commands.at(index));
  }
};

TEST_CASE("watching a run's policy fetches it, goes to its environment and starts there") {
  WithRuns test;
  test.Do(ui::Seek{EpisodeId{1}, 3});
  test.Do(ui::WatchRun{RunId{2}, 5});
  const auto& asked = std::get<LoadRun>(test.workers.keeper_requests.back());
  CHECK(asked.iteration == 5);
  test.workers.player_commands.clear();
  test.session.OnRunLoaded(asked, "bytes");
  CHECK(test.Sent<ui::SetEnvironment>(1).id == "Safexp-CarGoal1-v0");
  const ui::SetAgent& agent = test.Sent<ui::SetAgent>(2);
  CHECK(agent.kind == ui::AgentKind::kNamedPolicy);
  CHECK(agent.policy == "Run 2, iteration 5: PPO");
  CHECK(*test.workers.policies.Find(agent.policy) == "bytes");
  CHECK(test.Sent<ui::ResetEpisode>(3).seed == ui::ResetEpisode::Seed::kSame);
  CHECK(test.session.playhead().live);

  SUBCASE("in the environment where it already is, it stays") {
    test.workers.player.environment = "Safexp-CarGoal1-v0";
    test.Frame();
    test.workers.player_commands.clear();
    test.session.OnRunLoaded({RunId{2}, 0, RunUse::kWatch}, "newest");
    CHECK(test.workers.CountPlayer<ui::SetEnvironment>() == 0);
    CHECK(test.Sent<ui::SetAgent>(0).policy == "Run 2, iteration 8: PPO");
  }
}

TEST_CASE("resuming a run hands it to the trainer with its history and checkpoint") {
  WithRuns test;
  test.Do(ui::ResumeRun{RunId{2}});
  test.session.OnRunLoaded(std::get<LoadRun>(test.workers.keeper_requests.back()), "checkpoint");
  REQUIRE(test.workers.trainer_commands.size() == 1);
  const auto& sent = std::get<ui::ContinueRun>(test.workers.trainer_commands[0]);
  CHECK(sent.run.id == RunId{2});
  CHECK(sent.run.iterations() == 8);
  CHECK(sent.checkpoint == "checkpoint");
}

TEST_CASE("a run's file that cannot be read is told, and nothing else happens") {
  WithRuns test;
  const std::size_t before = test.workers.player_commands.size();
  test.session.OnLoadFailed({}, "Training run 2 has no checkpoint yet; start it anew.");
  CHECK(test.workers.player_commands.size() == before);
  REQUIRE(test.View().notices.size() == 1);
  CHECK(test.View().notices[0].text.find("no checkpoint") != std::string::npos);
}

TEST_CASE("the run in training joins the list and grows with its reports") {
  WithRuns test;
  test.workers.training.run = RunId{3};
  test.workers.training.environment = "Safexp-PointGoal1-v0";
  test.Frame();
  REQUIRE(test.View().runs.runs().size() == 2);
  CHECK(test.View().runs.runs()[0].iterations() == 0);
  const std::int64_t version = test.View().runs.version();
  test.workers.training.history = std::make_shared<std::vector<agents::IterationReport>>(4);
  test.Frame();
  CHECK(test.View().runs.Find(RunId{3})->iterations() == 4);
  CHECK(test.View().runs.version() > version);
  const std::int64_t settled = test.View().runs.version();
  test.Frame();
  CHECK(test.View().runs.version() == settled);
}

}  // namespace
}  // namespace lookout::app
