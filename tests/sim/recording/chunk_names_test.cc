// What a chunk says before its rows: whether there is a state, which costs, who acted.
#include <doctest/doctest.h>

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "sim/recording/recording.h"
#include "tests/sim/recording/chunk_support.h"

namespace lookout::sim {
namespace {

// The chunk with one of the names of its costs replaced by another of the same length.
std::string WithCostName(std::string bytes, std::string_view name, std::string_view other) {
  REQUIRE(name.size() == other.size());
  const std::size_t at = bytes.find(name, kCostKindsAt);
  REQUIRE(at != std::string::npos);
  return Resealed(bytes.replace(at, name.size(), other));
}

TEST_CASE("a kind of cost that is not known here keeps its name") {
  const RecordingChunk chunk = AnyChunk(7, 5);
  const auto decoded = DecodeChunk(WithCostName(EncodeChunk(chunk), "pillars", "robbers"));
  REQUIRE(decoded.ok());
  REQUIRE(decoded->steps.size() == 5);
  CHECK(decoded->other_cost_names == std::vector<std::string>{"robbers", "lava", "noise"});
  constexpr auto kPillars = static_cast<std::size_t>(CostKind::kPillars);
  for (std::size_t i = 0; i < 5; ++i) {
    StepRecord expected = chunk.steps[i];
    expected.other_costs.resize(3);
    expected.other_costs << expected.costs.by_kind[kPillars], chunk.steps[i].other_costs;
    expected.costs.by_kind[kPillars] = 0.0;
    CheckSameStep(decoded->steps[i], expected);
  }
}

// As a program elsewhere would record it: no simulator, costs under names of its own.
RecordingChunk WithoutState(std::uint64_t seed, int steps) {
  RecordingChunk chunk = AnyChunk(seed, steps);
  for (StepRecord& step : chunk.steps) step.state = nullptr;
  return chunk;
}

TEST_CASE("a chunk without the simulator's state survives encoding, and is smaller") {
  const RecordingChunk chunk = WithoutState(7, kChunkSteps);
  const std::string bytes = EncodeChunk(chunk);
  const auto decoded = DecodeChunk(bytes);
  REQUIRE(decoded.ok());
  for (std::size_t i = 0; i < chunk.steps.size(); ++i) {
    CheckSameStep(decoded->steps[i], chunk.steps[i]);
  }
  CHECK(bytes.size() < EncodeChunk(AnyChunk(7, kChunkSteps)).size() * 3 / 4);
  CHECK(Says(Refusal(WithNumber(bytes, kSizesAt, 17)), "parts of a state that it says it lacks"));
  std::string neither = bytes;
  neither[kHasStateAt] = 2;
  CHECK(Says(Refusal(Resealed(neither)), "does not say whether it has the simulator's state"));
}

TEST_CASE("an action that was done as proposed takes its place once") {
  RecordingChunk once = AnyChunk(5, kChunkSteps);
  for (StepRecord& step : once.steps) step.proposed_action.resize(0);
  RecordingChunk twice = once;
  for (StepRecord& step : twice.steps) step.proposed_action = step.executed_action.cast<float>();
  CHECK(EncodeChunk(once).size() < EncodeChunk(twice).size());
  const auto decoded = DecodeChunk(EncodeChunk(twice));
  REQUIRE(decoded.ok());
  for (const StepRecord& step : decoded->steps) CHECK(step.proposed_action.size() == 0);
  CHECK(decoded->steps[9].Proposed() == twice.steps[9].proposed_action);
}

TEST_CASE("steps share the names of who acted") {
  const auto decoded = DecodeChunk(EncodeChunk(AnyChunk(7, kChunkSteps)));
  REQUIRE(decoded.ok());
  std::set<const std::string*> names;
  for (const StepRecord& step : decoded->steps) names.insert(step.agent.get());
  CHECK(names.size() == 3);  // nobody, and two
}

TEST_CASE("names of who acted that cannot be are refused") {
  RecordingChunk chunk = AnyChunk(1, 3);
  for (StepRecord& step : chunk.steps) {
    step.agent = std::make_shared<const std::string>("Zorro");
    step.overseer = step.reason = nullptr;
  }
  std::string bytes = EncodeChunk(chunk);
  const std::size_t at = bytes.find("Zorro");
  bytes[at - 1] = 0;
  CHECK(Says(Refusal(Resealed(bytes)), "amid the names of its agents"));
  bytes = EncodeChunk(chunk);
  bytes.erase(at - 1, 6);
  --bytes[at - 2];
  CHECK(Says(Refusal(Resealed(bytes)), "impossible values in step 128"));
}

TEST_CASE("names of costs that cannot be are refused") {
  const std::string bytes = EncodeChunk(AnyChunk(1, 3));
  CHECK(Says(Refusal(WithCostName(bytes, "pillars", "buttons")), "cost of buttons twice"));
  std::string longer = bytes;
  longer[kCostKindsAt] = '\xff';
  CHECK(Refusal(Resealed(longer)) != "accepted");
  std::string nameless = bytes;
  nameless[kCostKindsAt + 1] = 0;
  CHECK(Says(Refusal(Resealed(nameless)), "amid the names of its costs"));
}

}  // namespace
}  // namespace lookout::sim
