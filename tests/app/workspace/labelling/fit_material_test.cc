// Which marks the fitter hears of, as a session sends them.
#include "app/workspace/labelling/fit_material.h"

#include <doctest/doctest.h>

#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {
namespace {

TEST_CASE("a mark on an episode that is not in memory loads it, then labels follow") {
  FakeWorkers workers;
  WindowController session(workers.links());
  agents::FeedbackSet stored;
  const agents::Mark mark{.id = MarkId{1}, .episode = EpisodeId{9}, .last_step = 3};
  REQUIRE(
      stored.Apply({.sequence = 1, .op = agents::JournalOp::kAdd, .record = RecordOf(mark)}).ok());
  session.LoadMarks(std::move(stored));
  session.OnEpisodeBegan(SceneOf(1));
  workers.player.episode = EpisodeId{1};
  session.Update(workers.snapshots(), 0.0);
  REQUIRE(workers.write_requests.size() == 1);
  CHECK(std::get<LoadEpisode>(workers.write_requests[0]).id == EpisodeId{9});
  CHECK(workers.label_sources.empty());  // half of the marks would make another model
  CHECK(workers.observations_shown.size() == 1);

  session.OnEpisodeLoaded(SceneOf(9), {Steps(9, 0, 5)});
  REQUIRE(workers.label_sources.size() == 1);
  CHECK(workers.label_sources.back().episodes.size() == 1);
  CHECK(workers.label_sources.back().feedback.size() == 1);
}

TEST_CASE("a listed episode of which it is known what it observes stays on disk") {
  FakeWorkers workers;
  WindowController session(workers.links());
  agents::FeedbackSet stored;
  for (const std::int64_t id : {8, 9}) {
    const agents::Mark mark{.id = MarkId{id}, .episode = EpisodeId{id}, .last_step = 3};
    REQUIRE(
        stored.Apply({.sequence = id - 7, .op = agents::JournalOp::kAdd, .record = RecordOf(mark)})
            .ok());
  }
  session.LoadMarks(std::move(stored));
  const ui::EpisodeScenePtr here = SceneOf(1);
  session.AddStoredEpisode({.id = EpisodeId{9},
                            .environment = "toy",
                            .observation_hash = here->spec.signature().hash(),
                            .steps = 4});
  session.AddStoredEpisode(
      {.id = EpisodeId{8}, .environment = "other", .observation_hash = 12345, .steps = 4});
  session.OnEpisodeBegan(here);
  workers.player.episode = EpisodeId{1};
  session.Update(workers.snapshots(), 0.0);
  CHECK(workers.write_requests.empty());
  REQUIRE(workers.label_sources.size() == 1);
  const FitRequest& request = workers.label_sources.back();
  REQUIRE(request.episodes.size() == 1);
  CHECK(request.episodes.front().id() == EpisodeId{9});
  CHECK(request.episodes.front().steps() == 5);
  CHECK(request.feedback.size() == 1);
}

TEST_CASE("what is on screen decides which marks and which observation the fitter hears of") {
  Watching watching;
  const auto of = [&](std::size_t i) { return watching.workers.label_sources.at(i); };
  REQUIRE(watching.workers.label_sources.size() == 1);  // the first episode came on screen
  CHECK(of(0).signature.observation_dim() == 4);
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.Do(ui::MarkCommand{ui::EndMark{}});
  CHECK(of(1).feedback.size() == 1);

  // Another world comes on screen, is marked, and the first comes back.
  watching.session.OnEpisodeBegan(SceneOf(2, "Elsewhere", 7));
  watching.session.OnChunk(Steps(2, 0, 10));
  watching.workers.player.episode = EpisodeId{2};
  watching.workers.player.step = 9;
  watching.Frame();
  REQUIRE(watching.workers.label_sources.size() == 3);
  CHECK(of(2).environment == "Elsewhere");
  CHECK(of(2).signature.observation_dim() == 7);
  CHECK(of(2).feedback.empty());
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.Do(ui::MarkCommand{ui::EndMark{}});
  CHECK(of(3).episodes.front().id() == EpisodeId{2});
  CHECK(of(3).feedback.size() == 1);
  watching.Do(ui::WindowCommand{ui::Seek{EpisodeId{1}, 40}});
  REQUIRE(watching.workers.label_sources.size() == 5);
  CHECK(of(4).signature == of(0).signature);
  CHECK(of(4).episodes.front().id() == EpisodeId{1});
  CHECK(of(4).feedback.size() == 1);
  // The next episode of the same world is nothing new.
  watching.Do(ui::WindowCommand{ui::Seek{EpisodeId{1}, 50}});
  CHECK(watching.workers.label_sources.size() == 5);
}

}  // namespace
}  // namespace lookout::app
