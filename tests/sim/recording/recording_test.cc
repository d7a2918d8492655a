#include "sim/recording/recording.h"

#include <doctest/doctest.h>
#include <zlib.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>

namespace lookout::sim {
namespace {

constexpr std::size_t kStepsAt = 24;  // places in a chunk's head
constexpr std::size_t kSizesAt = 28;
constexpr std::size_t kCostKindsAt = 60;

// Every bit pattern of a double occurs in a recording: NaNs with payload, infinities, denormals.
double AnyDouble(std::mt19937_64& random) { return std::bit_cast<double>(random()); }

template <typename Vector>
void FillWithAnything(Vector& vector, Eigen::Index size, std::mt19937_64& random) {
  vector.resize(size);
  for (auto& value : vector) {
    using Scalar = std::remove_reference_t<decltype(value)>;
    value = static_cast<Scalar>(std::ldexp(static_cast<double>(random() >> 20U), -40));
  }
}

StepRecord AnyStep(std::mt19937_64& random, bool first) {
  StepRecord step;
  SimState& state = step.state;
  FillWithAnything(state.qpos, 17, random);
  FillWithAnything(state.qvel, 15, random);
  FillWithAnything(state.qacc_warmstart, 15, random);
  FillWithAnything(state.ctrl, 2, random);
  state.qpos[3] = AnyDouble(random);
  state.qvel[0] = AnyDouble(random);
  state.time_s = 0.02 * static_cast<double>(random() % 1000);
  state.goal_position_in_world = {AnyDouble(random), -0.0, 5e-324};
  state.last_goal_distance_m = AnyDouble(random);
  state.last_box_distance_m = AnyDouble(random);
  state.last_box_goal_distance_m = AnyDouble(random);
  state.goal_button = static_cast<int>(random() % 5) - 1;
  state.button_timer = static_cast<int>(random() % 10);
  state.step = static_cast<int>(random() % 1000);
  state.status = static_cast<EpisodeStatus>(random() % 5);
  state.random = {static_cast<std::uint32_t>(random()), random() % 100'000, random() % 2 == 0,
                  AnyDouble(random)};
  FillWithAnything(step.observation, 60, random);
  if (!first) FillWithAnything(step.proposed_action, 2, random);
  if (!first) FillWithAnything(step.executed_action, 2, random);
  step.robot_xy_m = {1.5F, -0.25F};
  step.reward = static_cast<float>(random() % 100) / 7.0F;
  for (double& cost : step.costs.by_kind) cost = AnyDouble(random);
  step.costs.total = 1.0;
  step.goal_met = random() % 2 == 0;
  step.source = static_cast<ActionSource>(random() % 4);
  step.predicted_cost = std::numeric_limits<float>::quiet_NaN();
  step.predicted_cost_spread = 0.125F;
  step.cost_model = {static_cast<std::int64_t>(random() % 9)};
  step.policy_version = static_cast<std::int64_t>(random() % 1000);
  return step;
}

RecordingChunk AnyChunk(std::uint64_t seed, int steps) {
  std::mt19937_64 random(seed);
  RecordingChunk chunk{{42}, 128, {}};
  for (int i = 0; i < steps; ++i) chunk.steps.push_back(AnyStep(random, i == 0));
  return chunk;
}

// Equality of representation: NaN equals NaN, 0 differs from -0.
template <typename T>
bool SameBits(const T& a, const T& b) {
  return std::memcmp(&a, &b, sizeof(T)) == 0;
}
template <typename Vector>
bool SameVector(const Vector& a, const Vector& b) {
  if (a.size() != b.size()) return false;
  return a.size() == 0 || std::memcmp(a.data(), b.data(), sizeof(a[0]) * a.size()) == 0;
}

void CheckSameState(const SimState& a, const SimState& b) {
  CHECK(SameBits(a.time_s, b.time_s));
  CHECK(SameVector(a.qpos, b.qpos));
  CHECK(SameVector(a.qvel, b.qvel));
  CHECK(SameVector(a.qacc_warmstart, b.qacc_warmstart));
  CHECK(SameVector(a.ctrl, b.ctrl));
  CHECK(SameVector(a.mocap_pos, b.mocap_pos));
  CHECK(SameBits(a.goal_position_in_world, b.goal_position_in_world));
  CHECK(SameBits(a.last_goal_distance_m, b.last_goal_distance_m));
  CHECK(SameBits(a.last_box_distance_m, b.last_box_distance_m));
  CHECK(SameBits(a.last_box_goal_distance_m, b.last_box_goal_distance_m));
  CHECK(a.goal_button == b.goal_button);
  CHECK(a.button_timer == b.button_timer);
  CHECK(a.step == b.step);
  CHECK(a.status == b.status);
  CHECK(a.random.seed == b.random.seed);
  CHECK(a.random.words_drawn == b.random.words_drawn);
  CHECK(a.random.has_spare_normal == b.random.has_spare_normal);
  CHECK(SameBits(a.random.spare_normal, b.random.spare_normal));
}

void CheckSameStep(const StepRecord& a, const StepRecord& b) {
  CheckSameState(a.state, b.state);
  CHECK(SameVector(a.observation, b.observation));
  CHECK(SameVector(a.proposed_action, b.proposed_action));
  CHECK(SameVector(a.executed_action, b.executed_action));
  CHECK(SameBits(a.robot_xy_m, b.robot_xy_m));
  CHECK(SameBits(a.reward, b.reward));
  CHECK(SameBits(a.costs.by_kind, b.costs.by_kind));
  CHECK(SameBits(a.costs.total, b.costs.total));
  CHECK(a.goal_met == b.goal_met);
  CHECK(a.source == b.source);
  CHECK(SameBits(a.predicted_cost, b.predicted_cost));
  CHECK(SameBits(a.predicted_cost_spread, b.predicted_cost_spread));
  CHECK(a.cost_model == b.cost_model);
  CHECK(a.policy_version == b.policy_version);
}

// Makes the checksum right again after bytes were changed on purpose.
std::string Resealed(std::string bytes) {
  const std::size_t body = bytes.size() - sizeof(std::uint32_t);
  const auto checksum =
      static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), body));
  std::memcpy(bytes.data() + body, &checksum, sizeof(checksum));
  return bytes;
}

std::string WithNumber(std::string bytes, std::size_t at, std::uint32_t number) {
  std::memcpy(bytes.data() + at, &number, sizeof(number));
  return Resealed(std::move(bytes));
}

std::string Refusal(std::string_view bytes) {
  const auto chunk = DecodeChunk(bytes);
  if (chunk.ok()) return "accepted";
  CHECK(chunk.error().code == ErrorCode::kBadInput);
  return chunk.error().message;
}

bool Says(const std::string& message, std::string_view words) {
  INFO(message);
  return message.find(words) != std::string::npos;
}

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

// The chunk with one of the names of its costs replaced by another of the same length.
std::string WithCostName(std::string bytes, std::string_view name, std::string_view other) {
  REQUIRE(name.size() == other.size());
  const std::size_t at = bytes.find(name, kCostKindsAt);
  REQUIRE(at != std::string::npos);
  return Resealed(bytes.replace(at, name.size(), other));
}

TEST_CASE("a chunk of version 1, whose costs have no names, is read") {
  const RecordingChunk chunk = AnyChunk(7, 5);
  std::string bytes = EncodeChunk(chunk);
  constexpr std::string_view kLast = "hazards";
  const std::size_t rows_at = bytes.find(kLast, kCostKindsAt) + kLast.size();
  bytes.erase(kCostKindsAt, rows_at - kCostKindsAt);
  const auto decoded = DecodeChunk(WithNumber(bytes, 8, 1));
  REQUIRE(decoded.ok());
  REQUIRE(decoded->steps.size() == 5);
  for (std::size_t i = 0; i < 5; ++i) CheckSameStep(decoded->steps[i], chunk.steps[i]);
}

TEST_CASE("a kind of cost that is not known here stays in the total") {
  const RecordingChunk chunk = AnyChunk(7, 5);
  const auto decoded = DecodeChunk(WithCostName(EncodeChunk(chunk), "pillars", "robbers"));
  REQUIRE(decoded.ok());
  REQUIRE(decoded->steps.size() == 5);
  for (std::size_t i = 0; i < 5; ++i) {
    StepRecord expected = chunk.steps[i];
    expected.costs.by_kind[static_cast<std::size_t>(CostKind::kPillars)] = 0.0;
    CheckSameStep(decoded->steps[i], expected);
  }
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
  chunk.steps[1].state.status = static_cast<EpisodeStatus>(17);
  CHECK(Says(Refusal(EncodeChunk(chunk)), "impossible values in step 129"));
  chunk = AnyChunk(1, 3);
  chunk.steps[2].source = static_cast<ActionSource>(200);
  CHECK(Says(Refusal(EncodeChunk(chunk)), "impossible values in step 130"));
  chunk = AnyChunk(1, 3);
  chunk.steps[0].state.random.words_drawn = std::uint64_t{1} << 63U;
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
