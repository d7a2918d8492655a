#include "app/project/project.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

using agents::JournalEntry;
using agents::JournalOp;
using test::AddedMark;
using test::OpenProject;
using test::SampleChunk;
using test::SampleHeader;
using test::TestFolder;

TEST_CASE("marks come back exactly as they were made, with what undo and redo would do") {
  const TestFolder folder;
  std::vector<JournalEntry> entries{AddedMark(1), AddedMark(2), AddedMark(3)};
  entries.push_back(
      {.sequence = 4, .op = JournalOp::kRetract, .record = {.id = MarkId{2}}, .annotator = "me"});
  entries.push_back({.sequence = 5, .op = JournalOp::kUndo, .target = 4});
  {
    auto project = OpenProject(folder / "study.lookout");
    REQUIRE(project->AppendJournal(std::span(entries).first(2)));
    REQUIRE(project->AppendJournal(std::span(entries).subspan(2)));
  }
  auto project = OpenProject(folder / "study.lookout");
  const agents::FeedbackSet marks = project->LoadFeedback().value();
  REQUIRE(marks.marks().size() == 3);
  for (int i = 0; i < 3; ++i) CHECK(marks.records().at(MarkId{i + 1}) == entries[i].record);
  CHECK(marks.last_sequence() == 5);
  CHECK(marks.NextRedo("me") == 4);
  CHECK(marks.entries()[1].unix_ms == entries[1].unix_ms);
  CHECK(marks.entries()[1].annotator == "me");
}

TEST_CASE("a journal entry out of turn is refused, together with those it came with") {
  const TestFolder folder;
  auto project = OpenProject(folder / "study.lookout");
  const std::vector<JournalEntry> gap{AddedMark(1), AddedMark(3)};
  const Status refused = project->AppendJournal(gap);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kBadInput);
  CHECK(project->LoadFeedback()->entries().empty());
  const JournalEntry first = AddedMark(1);
  REQUIRE(project->AppendJournal({&first, 1}));
  CHECK_FALSE(project->AppendJournal({&first, 1}));
}

TEST_CASE("an episode comes back with its steps and totals") {
  const TestFolder folder;
  const EpisodeId id{4};
  {
    auto project = OpenProject(folder / "study.lookout");
    REQUIRE(project->SaveEpisode(SampleHeader(id)));
    REQUIRE(project->SaveChunk(SampleChunk(id, 0, 64)));
    REQUIRE(project->SaveChunk(SampleChunk(id, 64, 36, 99)));
  }
  auto project = OpenProject(folder / "study.lookout");
  const auto episodes = project->Episodes().value();
  REQUIRE(episodes.size() == 1);
  CHECK(episodes[0].header.id == id);
  CHECK(episodes[0].header.agent == "Go to goal");
  CHECK(episodes[0].header.config.id == "Safexp-PointGoal1-v0");
  CHECK(episodes[0].header.setup.layout.size() == 2);
  CHECK(episodes[0].steps == 100);
  CHECK(episodes[0].episode_return == doctest::Approx(50.0));
  CHECK(episodes[0].cost == doctest::Approx(25.0));
  CHECK(episodes[0].predicted_cost == doctest::Approx(99 * 0.25));
  CHECK(episodes[0].finished);

  const auto chunks = project->LoadSteps(id).value();
  REQUIRE(chunks.size() == 2);
  CHECK(chunks[1]->first_step == 64);
  CHECK(chunks[1]->steps[3].state->qpos == SampleChunk(id, 67, 1).steps[0].state->qpos);
  CHECK(std::isnan(chunks[0]->steps[0].predicted_cost));
  CHECK(project->next_episode_id() == EpisodeId{5});
}

TEST_CASE("the predicted cost of an episode leaves out the state after its reset") {
  const TestFolder folder;
  auto project = OpenProject(folder / "study.lookout");
  REQUIRE(project->SaveEpisode(SampleHeader(EpisodeId{1})));
  sim::RecordingChunk chunk = SampleChunk(EpisodeId{1}, 0, 3);
  chunk.steps[0].predicted_cost = 0.75F;
  REQUIRE(project->SaveChunk(chunk));
  CHECK(project->Episodes().value()[0].predicted_cost == doctest::Approx(0.5));
}

TEST_CASE("steps that do not continue their episode are refused and change nothing") {
  const TestFolder folder;
  auto project = OpenProject(folder / "study.lookout");
  const EpisodeId id{1};
  CHECK_FALSE(project->SaveChunk(SampleChunk(id, 0, 10)));
  REQUIRE(project->SaveEpisode(SampleHeader(id)));
  REQUIRE(project->SaveChunk(SampleChunk(id, 0, 10)));
  for (const StepIndex first : {0, 9, 11}) {
    CHECK_FALSE(project->SaveChunk(SampleChunk(id, first, 10)));
  }
  CHECK(project->FindEpisode(id)->steps == 10);
  CHECK_FALSE(project->SaveEpisode(SampleHeader(id)));
  CHECK_FALSE(project->FindEpisode(EpisodeId{2}));
}

TEST_CASE("pruning keeps the newest unmarked episodes and every one that was ever marked") {
  const TestFolder folder;
  auto project = OpenProject(folder / "study.lookout");
  for (int id = 1; id <= 6; ++id) {
    REQUIRE(project->SaveEpisode(SampleHeader(EpisodeId{id})));
    REQUIRE(project->SaveChunk(SampleChunk(EpisodeId{id}, 0, 5)));
  }
  const std::vector<JournalEntry> entries{AddedMark(1, EpisodeId{1}),
                                          {.sequence = 2, .op = JournalOp::kUndo, .target = 1}};
  REQUIRE(project->AppendJournal(entries));
  REQUIRE(project->PruneUnmarked(2));
  std::vector<std::int64_t> left;
  const auto episodes = project->Episodes().value();
  for (const StoredEpisode& episode : episodes) left.push_back(episode.header.id.value);
  CHECK(left == std::vector<std::int64_t>{1, 5, 6});
  CHECK(project->LoadSteps(EpisodeId{1})->size() == 1);
  CHECK(project->LoadSteps(EpisodeId{2})->empty());

  REQUIRE(project->PruneUnmarked(0));
  project.reset();
  project = OpenProject(folder / "study.lookout");
  CHECK(project->Episodes()->size() == 1);
  CHECK(project->next_episode_id() == EpisodeId{7});  // ids of pruned episodes are not used again
}

TEST_CASE("a mark of an episode that a crash lost still keeps the episode's id from being reused") {
  const TestFolder folder;
  {
    const JournalEntry entry = AddedMark(1, EpisodeId{12});
    REQUIRE(OpenProject(folder / "study.lookout")->AppendJournal({&entry, 1}));
  }
  CHECK(OpenProject(folder / "study.lookout")->next_episode_id() == EpisodeId{13});
}

TEST_CASE("every version of the cost model comes back, oldest first") {
  const TestFolder folder;
  const auto second = test::SampleCostModel(CostModelId{2});
  {
    auto project = OpenProject(folder / "study.lookout");
    REQUIRE(project->SaveCostModel(*second));
    REQUIRE(project->SaveCostModel(*test::SampleCostModel(CostModelId{1})));
    CHECK_FALSE(project->SaveCostModel(*second));
  }
  const auto models = OpenProject(folder / "study.lookout")->LoadCostModels().value();
  REQUIRE(models.size() == 2);
  CHECK(models[0]->id() == CostModelId{1});
  CHECK(models[1]->Encode() == second->Encode());
}

TEST_CASE("a training run comes back with its settings, reports and newest checkpoint") {
  const TestFolder folder;
  StoredRun run{.id = RunId{3}, .environment = "Safexp-PointGoal1-v0", .started_unix_ms = 5};
  run.settings.algorithm = agents::Algorithm::kPpoLagrangian;
  run.settings.seed = 4'000'000'000U;
  {
    auto project = OpenProject(folder / "study.lookout");
    CHECK_FALSE(project->SaveIteration(run.id, {.iteration = 1}));  // of no run
    REQUIRE(project->SaveRun(run));
    for (int i = 1; i <= 4; ++i) {
      REQUIRE(
          project->SaveIteration(run.id, {.iteration = i, .steps = 1000 * i, .mean_return = NAN}));
    }
    REQUIRE(project->SaveCheckpoint(run.id, "old"));
    REQUIRE(project->SaveCheckpoint(run.id, std::string("new\0bytes", 9)));
    REQUIRE(project->SavePolicy(run.id, 2, std::string("a\0policy", 8)));
    REQUIRE(project->SavePolicy(run.id, 4, "of a future that did not come"));
    // Resumed from the checkpoint of iteration 2: the third is told anew, the fourth is not yet.
    REQUIRE(project->SaveIteration(run.id, {.iteration = 3, .steps = 3333}));
    REQUIRE(project->SaveRun(run));
  }
  auto project = OpenProject(folder / "study.lookout");
  const auto runs = project->Runs().value();
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].environment == run.environment);
  CHECK(runs[0].settings.algorithm == agents::Algorithm::kPpoLagrangian);
  CHECK(runs[0].settings.seed == 4'000'000'000U);
  REQUIRE(runs[0].history.size() == 3);
  CHECK(runs[0].history[2].steps == 3333);
  CHECK(std::isnan(runs[0].history[0].mean_return));
  CHECK(runs[0].kept_policies == std::vector{2});
  CHECK(*project->LoadCheckpoint(run.id) == std::string("new\0bytes", 9));
  CHECK_FALSE(project->LoadCheckpoint(RunId{9}));
  CHECK(*project->LoadPolicy(run.id, 2) == std::string("a\0policy", 8));
  CHECK(project->LoadPolicy(run.id, 4).error().message.find("iteration 4") != std::string::npos);
  CHECK_FALSE(project->SavePolicy(RunId{9}, 1, "of no run"));
  CHECK(project->next_run_id() == RunId{4});
}

TEST_CASE("settings are kept, and those never set read as the fallback") {
  const TestFolder folder;
  {
    auto project = OpenProject(folder / "study.lookout");
    REQUIRE(project->SaveSetting("cost_limit", "25"));
    REQUIRE(project->SaveSetting("cost_limit", "10"));
  }
  auto project = OpenProject(folder / "study.lookout");
  CHECK(project->Setting("cost_limit", "?") == "10");
  CHECK(project->Setting("agent", "Random") == "Random");
}

TEST_CASE("writes that go together are all there or none is") {
  const TestFolder folder;
  auto project = OpenProject(folder / "study.lookout");
  const Status failed = project->Together([&]() -> Status {
    if (Status saved = project->SaveSetting("a", "1"); !saved) return saved;
    return Error{"something else went wrong"};
  });
  REQUIRE_FALSE(failed);
  CHECK(project->Setting("a", "none") == "none");

  SUBCASE("and one that is refused does not spoil the others") {
    REQUIRE(project->Together([&]() -> Status {
      CHECK_FALSE(project->SaveChunk(SampleChunk(EpisodeId{1}, 0, 3)));
      CHECK_FALSE(project->SaveCheckpoint(RunId{1}, "of no run"));
      return project->SaveSetting("a", "2");
    }));
    CHECK(project->Setting("a", "none") == "2");
  }
}

TEST_CASE("a copy is a whole project of its own and replaces nothing") {
  const TestFolder folder;
  auto project = OpenProject(folder / "study.lookout");
  const JournalEntry entry = AddedMark(1);
  REQUIRE(project->AppendJournal({&entry, 1}));
  REQUIRE(project->CopyTo(folder / "copy.lookout"));
  CHECK(OpenProject(folder / "copy.lookout")->LoadFeedback()->marks().size() == 1);

  test::WriteFile(folder / "mine.txt", "mine");
  const Status refused = project->CopyTo(folder / "mine.txt");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kBadInput);
  CHECK(test::ReadFile(folder / "mine.txt") == "mine");
  CHECK_FALSE(project->CopyTo(folder / "no/such/folder/copy.lookout"));
  CHECK(project->LoadFeedback()->marks().size() == 1);
}

TEST_CASE("hand-overs are in an episode's header as its chunks come in, and only once each") {
  const test::TestFolder folder;
  const auto project = test::OpenProject(folder / "study.lookout");
  const EpisodeId id{1};
  REQUIRE(project->SaveEpisode(test::SampleHeader(id)).ok());
  const auto you = std::make_shared<const std::string>("You");
  sim::RecordingChunk first = test::SampleChunk(id, 0, 64);
  for (std::size_t i = 40; i < 64; ++i) first.steps[i].agent = you;
  sim::RecordingChunk second = test::SampleChunk(id, 64, 64);
  for (std::size_t i = 0; i < 20; ++i) second.steps[i].agent = you;
  REQUIRE(project->SaveChunk(first).ok());
  // A transaction that fails leaves no trace, and its repetition none that is double.
  CHECK_FALSE(project->Together([&]() -> Status {
    if (Status saved = project->SaveChunk(second); !saved) return saved;
    return Error{"the disk is full"};
  }));
  REQUIRE(project->SaveChunk(second).ok());
  const auto stored = project->FindEpisode(id);
  REQUIRE(stored.ok());
  CHECK(stored->header.agent == "Go to goal");
  CHECK(stored->header.hand_overs == std::vector<sim::HandOver>{{40, "You"}, {84, "Go to goal"}});
}

}  // namespace
}  // namespace lookout::app
