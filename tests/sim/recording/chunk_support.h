// Chunks full of anything, and what tests of their bytes need. Any thread.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <zlib.h>

#include <Eigen/Core>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "sim/recording/recording.h"

namespace lookout::sim {

inline constexpr std::size_t kStepsAt = 24;  // places in a chunk's head
inline constexpr std::size_t kSizesAt = 28;
inline constexpr std::size_t kHasStateAt = 60;
inline constexpr std::size_t kCostKindsAt = 61;

// Every bit pattern of a double occurs in a recording: NaNs with payload, infinities, denormals.
inline double AnyDouble(std::mt19937_64& random) { return std::bit_cast<double>(random()); }

template <typename Vector>
inline void FillWithAnything(Vector& vector, Eigen::Index size, std::mt19937_64& random) {
  vector.resize(size);
  for (auto& value : vector) {
    using Scalar = std::remove_reference_t<decltype(value)>;
    value = static_cast<Scalar>(std::ldexp(static_cast<double>(random() >> 20U), -40));
  }
}

inline void LetSomebodyStepIn(std::mt19937_64& random, StepRecord& step) {
  step.overseer = std::make_shared<const std::string>("Shield");
  step.reason =
      std::make_shared<const std::string>(fmt::format("it meets hazard {} in 0.4 s", random() % 9));
}

inline StepRecord AnyStep(std::mt19937_64& random, bool first) {
  StepRecord step;
  SimState state;
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
  state.status = step.status = static_cast<EpisodeStatus>(random() % 5);
  state.random = {static_cast<std::uint32_t>(random()), random() % 100'000, random() % 2 == 0,
                  AnyDouble(random)};
  step.state = std::make_shared<const SimState>(std::move(state));
  FillWithAnything(step.observation, 60, random);
  if (!first) FillWithAnything(step.executed_action, 2, random);
  if (!first && random() % 2 == 0) FillWithAnything(step.proposed_action, 2, random);
  if (!first) step.agent = std::make_shared<const std::string>(random() % 2 == 0 ? "You" : "PPO");
  if (random() % 4 == 0) LetSomebodyStepIn(random, step);
  FillWithAnything(step.other_costs, 2, random);
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

inline RecordingChunk AnyChunk(std::uint64_t seed, int steps) {
  std::mt19937_64 random(seed);
  RecordingChunk chunk{{42}, 128, {}, {"lava", "noise"}};
  for (int i = 0; i < steps; ++i) chunk.steps.push_back(AnyStep(random, i == 0));
  return chunk;
}

// Equality of representation: NaN equals NaN, 0 differs from -0.
template <typename T>
inline bool SameBits(const T& a, const T& b) {
  return std::memcmp(&a, &b, sizeof(T)) == 0;
}
template <typename Vector>
inline bool SameVector(const Vector& a, const Vector& b) {
  if (a.size() != b.size()) return false;
  return a.size() == 0 || std::memcmp(a.data(), b.data(), sizeof(a[0]) * a.size()) == 0;
}

inline bool SameName(const SharedName& a, const SharedName& b) {
  return a && b ? *a == *b : a == b;
}

inline void CheckSameState(const SimState& a, const SimState& b) {
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
  CHECK(a.goal_age == b.goal_age);
  CHECK(SameVector(a.sights, b.sights));
  CHECK(a.status == b.status);
  CHECK(a.random.seed == b.random.seed);
  CHECK(a.random.words_drawn == b.random.words_drawn);
  CHECK(a.random.has_spare_normal == b.random.has_spare_normal);
  CHECK(SameBits(a.random.spare_normal, b.random.spare_normal));
}

inline void CheckSameStep(const StepRecord& a, const StepRecord& b) {
  REQUIRE((a.state == nullptr) == (b.state == nullptr));
  if (a.state) CheckSameState(*a.state, *b.state);
  CHECK(a.status == b.status);
  CHECK(SameName(a.agent, b.agent));
  CHECK(SameName(a.overseer, b.overseer));
  CHECK(SameName(a.reason, b.reason));
  CHECK(SameVector(a.other_costs, b.other_costs));
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
inline std::string Resealed(std::string bytes) {
  const std::size_t body = bytes.size() - sizeof(std::uint32_t);
  const auto checksum =
      static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), body));
  std::memcpy(bytes.data() + body, &checksum, sizeof(checksum));
  return bytes;
}

inline std::string WithNumber(std::string bytes, std::size_t at, std::uint32_t number) {
  std::memcpy(bytes.data() + at, &number, sizeof(number));
  return Resealed(std::move(bytes));
}

inline std::string Refusal(std::string_view bytes) {
  const auto chunk = DecodeChunk(bytes);
  if (chunk.ok()) return "accepted";
  CHECK(chunk.error().code == ErrorCode::kBadInput);
  return chunk.error().message;
}

inline bool Says(const std::string& message, std::string_view words) {
  INFO(message);
  return message.find(words) != std::string::npos;
}

}  // namespace lookout::sim
