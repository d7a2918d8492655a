#include "sim/recording/recording.h"

#include <doctest/doctest.h>

#include <memory>
#include <random>
#include <string>
#include <string_view>

#include "tests/sim/recording/chunk_support.h"

namespace lookout::sim {
namespace {

TEST_CASE("a chunk survives encoding bit for bit") {
  for (const int steps : {0, 1, 2, 63, kChunkSteps}) {
    CAPTURE(steps);
    const RecordingChunk chunk = AnyChunk(7, steps);
    const auto decoded = DecodeChunk(EncodeChunk(chunk));
    REQUIRE(decoded.ok());
    CHECK(decoded->episode == chunk.episode);
    CHECK(decoded->first_step == chunk.first_step);
    REQUIRE(decoded->steps.size() == chunk.steps.size());
    for (std::size_t i = 0; i < chunk.steps.size(); ++i) {
      CheckSameStep(decoded->steps[i], chunk.steps[i]);
    }
  }
}

TEST_CASE("equal chunks have equal bytes, and a still world is small") {
  RecordingChunk still = AnyChunk(3, 1);
  still.steps.resize(kChunkSteps, still.steps[0]);
  CHECK(EncodeChunk(still) == EncodeChunk(still));
  CHECK(EncodeChunk(still).size() < 3 * EncodeChunk(AnyChunk(3, 1)).size());
}

TEST_CASE("a truncated chunk is refused at every length") {
  const std::string bytes = EncodeChunk(AnyChunk(1, 5));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    REQUIRE(Refusal(std::string_view(bytes).substr(0, size)) != "accepted");
  }
  CHECK(Says(Refusal(bytes.substr(0, 10)), "has 10 bytes, expected at least"));
  CHECK(Refusal(bytes + "x") != "accepted");
}

TEST_CASE("any flipped bit is noticed") {
  const std::string bytes = EncodeChunk(AnyChunk(1, 3));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
    REQUIRE(Refusal(damaged) != "accepted");
  }
}

TEST_CASE("foreign bytes are named for what they are") {
  const std::string bytes = EncodeChunk(AnyChunk(1, 3));
  CHECK(Says(Refusal(std::string(200, 'x')), "does not begin like one"));
  CHECK(Says(Refusal(WithNumber(bytes, 8, 9)), "a newer version of Lookout: its format is 9"));
  CHECK(Says(Refusal(WithNumber(bytes, 8, 0)), "format version 0"));
  CHECK(Says(Refusal(WithNumber(bytes, kStepsAt, 65)), "has 65 steps, expected at most 64"));
  CHECK(Says(Refusal(WithNumber(bytes, 20, 0x80000000U)), "step -2147483648 of episode 42"));
  CHECK(Says(Refusal(WithNumber(bytes, 16, 0x80000000U)), "which cannot be"));
  CHECK(Says(Refusal(WithNumber(bytes, kStepsAt, 2)), "does not unpack"));
  std::string damaged = bytes;
  damaged[100] ^= 1;
  CHECK(Says(Refusal(damaged), "does not match its checksum"));
}

TEST_CASE("sizes that the bytes cannot hold are refused before memory is asked for") {
  std::string bytes = EncodeChunk(AnyChunk(1, kChunkSteps));
  CHECK(Says(Refusal(WithNumber(bytes, kSizesAt, 0xffffffffU)), "a vector of 4294967295 numbers"));
  for (std::size_t slot = 0; slot < 8; ++slot) {
    bytes = WithNumber(bytes, kSizesAt + 4 * slot, 65'536);
  }
  CHECK(Says(Refusal(bytes), "more than its"));
}

TEST_CASE("values that no step can have are refused") {
  RecordingChunk chunk = AnyChunk(1, 3);
  chunk.steps[1].status = static_cast<EpisodeStatus>(17);
  CHECK(Says(Refusal(EncodeChunk(chunk)), "impossible values in step 129"));
  chunk = AnyChunk(1, 3);
  chunk.steps[2].source = static_cast<ActionSource>(200);
  CHECK(Says(Refusal(EncodeChunk(chunk)), "impossible values in step 130"));
  chunk = AnyChunk(1, 3);
  SimState drawn = *chunk.steps[0].state;
  drawn.random.words_drawn = std::uint64_t{1} << 63U;
  chunk.steps[0].state = std::make_shared<const SimState>(std::move(drawn));
  CHECK(Says(Refusal(EncodeChunk(chunk)), "impossible values in step 128"));
}

TEST_CASE("damaged bytes under a right checksum never do worse than be refused") {
  const std::string bytes = EncodeChunk(AnyChunk(1, 8));
  std::mt19937_64 random(5);
  for (int round = 0; round < 2000; ++round) {
    std::string damaged = bytes;
    for (int i = 0; i < 3; ++i) damaged[random() % damaged.size()] = static_cast<char>(random());
    const auto chunk = DecodeChunk(Resealed(damaged));
    if (chunk.ok()) REQUIRE(chunk->steps.size() <= kChunkSteps);
  }
}

}  // namespace
}  // namespace lookout::sim
