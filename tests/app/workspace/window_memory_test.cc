// However much was marked, the window holds a bounded part of it, and the fit is the same.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {
namespace {

constexpr StepIndex kLongSteps = 700;

// The same steps whenever they are asked for, as from a file.
sim::ChunkPtr Recorded(std::int64_t id) {
  auto chunk = std::make_shared<sim::RecordingChunk>();
  chunk->episode = EpisodeId{id};
  chunk->steps.resize(static_cast<std::size_t>(kLongSteps));
  for (StepIndex i = 0; i < kLongSteps; ++i) {
    sim::StepRecord& step = chunk->steps[static_cast<std::size_t>(i)];
    step.observation = Eigen::Vector4f(static_cast<float>(id), static_cast<float>(i), 0.5F, 0.0F);
  }
  chunk->steps.back().status = sim::EpisodeStatus::kTimedOut;
  return chunk;
}

Result<Recording> Load(EpisodeId id) {
  return Recording{.header = SceneOf(id.value)->header, .chunks = {Recorded(id.value)}};
}

// A window that has seen and marked that many episodes, one after the other.
struct MuchMarked {
  FakeWorkers workers;
  WindowController session{workers.links()};
  std::size_t most_bytes = 0;

  explicit MuchMarked(std::int64_t episodes) {
    for (std::int64_t id = 1; id <= episodes; ++id) {
      session.OnEpisodeBegan(SceneOf(id));
      session.OnChunk(Recorded(id));
      workers.player.episode = EpisodeId{id};
      workers.player.step = kLongSteps - 1;
      Frame();
      Do(ui::MarkCommand{ui::AddMark{
          {.episode = EpisodeId{id},
           .first_step = 10,
           .last_step = 29,
           .verdict = id % 2 == 0 ? agents::Verdict::kSafe : agents::Verdict::kUnsafe}}});
      most_bytes = std::max(most_bytes, session.episodes().bytes());
      workers.write_requests.clear();
      if (id < episodes) workers.label_sources.clear();
    }
  }
  void Frame() { session.Update(workers.snapshots(), 0.016); }
  void Do(ui::Command command) {
    session.Send(std::move(command));
    Frame();
  }
};

TEST_CASE("a thousand marked episodes stay within the bound, and the fit learns from all of them") {
  constexpr int kEpisodes = 1000;
  MuchMarked much(kEpisodes);
  CHECK(much.most_bytes <= WindowController::kEpisodeMemoryBytes + (std::size_t{1} << 20));
  CHECK(much.most_bytes > WindowController::kEpisodeMemoryBytes / 2);  // that the test bites
  const ui::EpisodeStore& episodes = much.session.episodes();
  CHECK(episodes.summaries().size() == kEpisodes);  // what is marked stays listed
  CHECK(episodes.Find(EpisodeId{1}) == nullptr);
  CHECK(episodes.Find(EpisodeId{kEpisodes}) != nullptr);

  REQUIRE_FALSE(much.workers.label_sources.empty());
  FitRequest request = much.workers.label_sources.back();
  CHECK(request.feedback.size() == kEpisodes);
  REQUIRE(request.episodes.size() == kEpisodes);
  request.load = Load;
  FitSteps steps;
  const auto labels = LabelsOf(request, {}, steps);
  REQUIRE(labels);
  CHECK(steps.bytes() <= std::size_t{64} << 20);
  CHECK(steps.reads() > kEpisodes / 5);  // they were not in memory
  CHECK(steps.reads() < kEpisodes);      // and the newest were
  CHECK(labels->counts.episodes == kEpisodes);
  CHECK(labels->counts.unobserved == 0);

  // As if all were in memory.
  std::vector<Recording> held;
  for (RecordingHandle& handle : request.episodes) {
    held.push_back(Load(handle.id()).value());
    handle = RecordingHandle(held.back().header, held.back().chunks);
  }
  request.load = nullptr;
  FitSteps from_memory;
  const auto expected = LabelsOf(request, {}, from_memory);
  REQUIRE(expected);
  CHECK(from_memory.reads() == 0);
  CHECK(labels->labels.observations == expected->labels.observations);
}

TEST_CASE("a mark holds what it is about until it is safe on disk") {
  MuchMarked one(1);
  one.Do(
      ui::MarkCommand{ui::AddMark{{.episode = EpisodeId{1}, .first_step = 40, .last_step = 45}}});
  REQUIRE(one.workers.write_requests.size() == 1);
  const auto& saved = std::get<SaveJournal>(one.workers.write_requests.front());
  REQUIRE(saved.held.size() == 1);
  CHECK(saved.held.front()->episode == EpisodeId{1});
}

TEST_CASE("queries take marked episodes that are not in memory into account") {
  FakeWorkers workers;
  WindowController session(workers.links());
  const ui::EpisodeScenePtr here = SceneOf(7);
  agents::FeedbackSet stored;
  const agents::Mark mark{.id = MarkId{1}, .episode = EpisodeId{3}, .last_step = 3};
  REQUIRE(
      stored.Apply({.sequence = 1, .op = agents::JournalOp::kAdd, .record = RecordOf(mark)}).ok());
  session.LoadMarks(std::move(stored));
  const std::uint64_t hash = here->spec.signature().hash();
  for (const std::int64_t id : {3, 4}) {  // nobody has marked anything in the other
    session.AddStoredEpisode(
        {.id = EpisodeId{id}, .environment = "toy", .observation_hash = hash, .steps = 499});
  }
  session.OnEpisodeBegan(here);
  session.OnChunk(Recorded(7));
  workers.player.episode = EpisodeId{7};
  session.Update(workers.snapshots(), 0.016);
  session.Send(ui::QueryCommand{ui::FillQueries{}});
  session.Update(workers.snapshots(), 0.016);
  REQUIRE(workers.query_requests.size() == 1);
  const QueryRequest& request = workers.query_requests.front();
  CHECK(request.episodes.size() == 1);
  REQUIRE(request.elsewhere.size() == 1);
  CHECK(request.elsewhere.front().id() == EpisodeId{3});
  CHECK(request.spec.observation_dim == 4);
}

}  // namespace
}  // namespace lookout::app
