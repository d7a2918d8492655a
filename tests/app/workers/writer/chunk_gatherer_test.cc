#include "app/workers/writer/chunk_gatherer.h"

#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

sim::ChunkPtr Chunk(std::int64_t episode, StepIndex first, int steps) {
  return std::make_shared<sim::RecordingChunk>(test::SampleChunk(EpisodeId{episode}, first, steps));
}

const ChunkGatherer::Time kNoon{std::chrono::hours(12)};

TEST_CASE("small chunks become whole ones, and no step is lost or moved") {
  ChunkGatherer gatherer;
  std::vector<sim::ChunkPtr> sealed;
  StepIndex next = 0;
  for (const int size : {1, 1, 30, 60, 2, 64, 1, 90, 7}) {
    gatherer.Add(Chunk(1, next, size), kNoon, sealed);
    next += size;
  }
  if (auto rest = gatherer.Seal()) sealed.push_back(rest);
  StepIndex expected = 0;
  for (const sim::ChunkPtr& chunk : sealed) {
    CHECK(chunk->first_step == expected);
    for (const sim::StepRecord& step : chunk->steps) CHECK(step.state->step == expected++);
  }
  CHECK(expected == next);
  CHECK(sealed.size() == 4);
  for (int i = 0; i < 3; ++i) CHECK(sealed[i]->steps.size() == sim::kChunkSteps);
}

TEST_CASE("a chunk that is whole already passes uncopied") {
  ChunkGatherer gatherer;
  std::vector<sim::ChunkPtr> sealed;
  const sim::ChunkPtr whole = Chunk(1, 0, sim::kChunkSteps);
  gatherer.Add(whole, kNoon, sealed);
  REQUIRE(sealed.size() == 1);
  CHECK(sealed[0] == whole);
  CHECK_FALSE(gatherer.oldest());
  CHECK(gatherer.Seal() == nullptr);
}

TEST_CASE("another episode or a gap seals what was gathered") {
  for (const auto& [episode, first] : {std::pair{2, 0}, {1, 12}}) {
    ChunkGatherer gatherer;
    std::vector<sim::ChunkPtr> sealed;
    gatherer.Add(Chunk(1, 0, 10), kNoon, sealed);
    gatherer.Add(Chunk(episode, first, 5), kNoon + std::chrono::seconds(1), sealed);
    REQUIRE(sealed.size() == 1);
    CHECK(sealed[0]->steps.size() == 10);
    CHECK(gatherer.episode() == EpisodeId{episode});
    CHECK(gatherer.oldest() == kNoon + std::chrono::seconds(1));
  }
}

}  // namespace
}  // namespace lookout::app
