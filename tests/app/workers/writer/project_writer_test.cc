#include "app/workers/writer/project_writer.h"

#include <doctest/doctest.h>

#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include "sim/engine/safety_gym.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

using test::AddedMark;
using test::OpenProject;
using test::SampleChunk;
using test::SampleHeader;
using test::TestFolder;

// The next event of a kind; gives up, failing, after ten seconds.
template <typename Event>
Event Await(ProjectWriter& project_writer) {
  std::vector<WriteEvent> events;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (std::chrono::steady_clock::now() < deadline) {
    project_writer.events().WaitAndTake(events, {}, deadline);
    for (WriteEvent& event : events) {
      if (auto* found = std::get_if<Event>(&event)) return std::move(*found);
    }
  }
  FAIL("the keeper did not answer");
  return {};
}

// Steps a real world, as the player does.
struct SmallRecording {
  sim::EpisodeHeaderPtr header;
  sim::RecordingChunk chunk;
};
SmallRecording Record(EpisodeId id, int steps) {
  auto world = sim::SafetyGym::Create(sim::ConfigForId("Safexp-PointGoal1-v0").value()).value();
  REQUIRE(world->Reset(11));
  auto header = std::make_shared<sim::EpisodeHeader>(SampleHeader(id));
  header->config = world->config();
  header->setup = world->setup();
  SmallRecording recording{.header = header,
                           .chunk = {.episode = id, .first_step = 0, .steps = {}}};
  for (int i = 0; i < steps; ++i) {
    if (i > 0) world->Step(Eigen::Vector2d(0.5, 0.1));
    sim::StepRecord step;
    step.state = std::make_shared<const sim::SimState>(world->Save());
    step.observation = world->observation().cast<float>();
    recording.chunk.steps.push_back(std::move(step));
  }
  return recording;
}

TEST_CASE("the keeper saves a mark, says so, and shows the project's standing") {
  const TestFolder folder;
  {
    ProjectWriter project_writer(OpenProject(folder / "study.lookout"));
    project_writer.Ask(SaveJournal{AddedMark(1)});
    CHECK(Await<JournalSaved>(project_writer).sequence == 1);
    CHECK_FALSE(Project::Open(folder / "study.lookout", ProjectAccess::kReadWrite));
    REQUIRE(project_writer.snapshot().Refresh());
    CHECK(project_writer.snapshot().value().path == folder / "study.lookout");
    CHECK(project_writer.snapshot().value().open);
    CHECK(project_writer.snapshot().value().failure.empty());
  }
  CHECK(OpenProject(folder / "study.lookout")->LoadFeedback()->last_sequence() == 1);
}

TEST_CASE("whatever was asked before the end is written at the end") {
  const TestFolder folder;
  {
    ProjectWriter project_writer(OpenProject(folder / "study.lookout"));
    for (int id = 1; id <= 20; ++id) {
      project_writer.Ask(
          SaveEpisode{std::make_shared<sim::EpisodeHeader>(SampleHeader(EpisodeId{id}))});
      for (int first = 0; first < 30; first += 3) {
        project_writer.Ask(
            SaveChunk{std::make_shared<sim::RecordingChunk>(SampleChunk(EpisodeId{id}, first, 3))});
      }
      project_writer.Ask(SaveJournal{AddedMark(id, EpisodeId{id})});
    }
    project_writer.Ask(SaveCostModel{test::SampleCostModel(CostModelId{1})});
  }
  auto project = OpenProject(folder / "study.lookout");
  CHECK(project->LoadFeedback()->last_sequence() == 20);
  CHECK(project->LoadCostModels()->size() == 1);
  const auto episodes = project->Episodes().value();
  REQUIRE(episodes.size() == 20);
  for (const StoredEpisode& episode : episodes) CHECK(episode.steps == 30);
}

TEST_CASE("a stored episode comes back with its world, in the state it began in") {
  const TestFolder folder;
  const EpisodeId id{1};
  const SmallRecording recording = Record(id, 70);
  ProjectWriter project_writer(OpenProject(folder / "study.lookout"));
  project_writer.Ask(SaveEpisode{recording.header});
  project_writer.Ask(SaveChunk{std::make_shared<sim::RecordingChunk>(recording.chunk)});
  project_writer.Ask(LoadEpisode{id});
  const EpisodeLoaded loaded = Await<EpisodeLoaded>(project_writer);
  CHECK(loaded.scene->header->id == id);
  CHECK(loaded.scene->spec.observation_dim == recording.chunk.steps[0].observation.size());
  CHECK(loaded.scene->scene.objects.size() > 10);
  CHECK(loaded.scene->model != nullptr);
  int steps = 0;
  for (const sim::ChunkPtr& chunk : loaded.chunks) {
    for (const sim::StepRecord& step : chunk->steps) {
      CHECK(step.state->qpos == recording.chunk.steps[steps].state->qpos);
      ++steps;
    }
  }
  CHECK(steps == 70);
}

TEST_CASE("an episode that somebody holds is shown without a word of it in the project") {
  const TestFolder folder;
  const SmallRecording recording = Record(EpisodeId{7}, 30);
  {
    ProjectWriter project_writer(OpenProject(folder / "study.lookout"));
    project_writer.Ask(
        LoadEpisode{EpisodeId{7},
                    {recording.header, {std::make_shared<sim::RecordingChunk>(recording.chunk)}}});
    const EpisodeLoaded loaded = Await<EpisodeLoaded>(project_writer);
    CHECK(loaded.scene->header->id == EpisodeId{7});
    CHECK(loaded.scene->model != nullptr);
    CHECK(loaded.chunks.size() == 1);
  }
  CHECK(OpenProject(folder / "study.lookout")->Episodes()->empty());
}

TEST_CASE("an episode that is not there, or has no steps, is refused by name") {
  const TestFolder folder;
  ProjectWriter project_writer(OpenProject(folder / "study.lookout"));
  project_writer.Ask(LoadEpisode{EpisodeId{5}});
  LoadFailed failed = Await<LoadFailed>(project_writer);
  CHECK(failed.id == EpisodeId{5});
  CHECK(failed.message.find("Episode 5") != std::string::npos);
  project_writer.Ask(SaveEpisode{std::make_shared<sim::EpisodeHeader>(SampleHeader(EpisodeId{6}))});
  project_writer.Ask(LoadEpisode{EpisodeId{6}});
  failed = Await<LoadFailed>(project_writer);
  CHECK(failed.message.find("no recorded steps") != std::string::npos);
}

TEST_CASE("a run's file that is not there is refused with what was asked for") {
  const TestFolder folder;
  ProjectWriter project_writer(OpenProject(folder / "study.lookout"));
  project_writer.Ask(SaveRun{{.id = RunId{2}, .environment = "Safexp-PointGoal1-v0"}});
  project_writer.Ask(LoadRun{.run = RunId{2}, .use = RunUse::kResume});
  RunNotLoaded refused = Await<RunNotLoaded>(project_writer);
  CHECK(refused.request.run == RunId{2});
  CHECK(refused.message.find("no checkpoint") != std::string::npos);
  project_writer.Ask(LoadRun{.run = RunId{2}, .iteration = 7});
  refused = Await<RunNotLoaded>(project_writer);
  CHECK(refused.message.find("no policy of iteration 7") != std::string::npos);
}

}  // namespace
}  // namespace lookout::app
