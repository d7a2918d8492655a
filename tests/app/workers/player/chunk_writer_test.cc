#include "app/workers/player/chunk_writer.h"

#include <doctest/doctest.h>

#include <vector>

namespace lookout::app {
namespace {

constexpr SteadyTime kStart{std::chrono::seconds(1)};

struct Written {
  std::vector<sim::ChunkPtr> chunks;
  ChunkWriter writer{[this](sim::ChunkPtr chunk) { chunks.push_back(std::move(chunk)); }};

  void Append(int steps, SteadyTime time = kStart) {
    sim::StepRecord record;
    record.observation = Eigen::VectorXf::Zero(3);
    for (int i = 0; i < steps; ++i) writer.Append(record, time);
  }
};

TEST_CASE_FIXTURE(Written, "chunks are sealed at sixty-four steps and continue each other") {
  writer.Begin(EpisodeId{3});
  Append(150);
  writer.Flush();
  REQUIRE(chunks.size() == 3);
  CHECK(chunks[0]->first_step == 0);
  CHECK(chunks[1]->first_step == 64);
  CHECK(chunks[2]->first_step == 128);
  CHECK(chunks[2]->steps.size() == 22);
  CHECK(chunks[2]->episode == EpisodeId{3});
}

TEST_CASE_FIXTURE(Written, "a step waits for company no longer than a frame") {
  writer.Begin(EpisodeId{1});
  Append(1);
  writer.FlushIfOld(kStart + std::chrono::milliseconds(15));
  CHECK(chunks.empty());
  Append(1, kStart + std::chrono::milliseconds(15));  // the age is the oldest step's
  writer.FlushIfOld(kStart + std::chrono::milliseconds(16));
  REQUIRE(chunks.size() == 1);
  CHECK(chunks[0]->steps.size() == 2);
  CHECK_FALSE(writer.pending());
}

TEST_CASE_FIXTURE(Written, "the next episode seals what is pending of the one before") {
  writer.Begin(EpisodeId{1});
  Append(5);
  writer.Begin(EpisodeId{2});
  Append(1);
  writer.Flush();
  writer.Flush();  // nothing more to say
  REQUIRE(chunks.size() == 2);
  CHECK(chunks[0]->episode == EpisodeId{1});
  CHECK(chunks[0]->steps.size() == 5);
  CHECK(chunks[1]->episode == EpisodeId{2});
  CHECK(chunks[1]->first_step == 0);
}

TEST_CASE_FIXTURE(Written, "a chunk holds no more memory than its steps") {
  writer.Begin(EpisodeId{1});
  Append(1);
  writer.Flush();
  CHECK(chunks[0]->steps.capacity() == 1);
}

}  // namespace
}  // namespace lookout::app
