#include "sim/recording/recording_rows.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "sim/base/check.h"

namespace lookout::sim {
namespace {

// Restoring a random stream costs 3 ns per word; a foreign number must not hang the program.
constexpr std::uint64_t kMaxWordsDrawn = 1'000'000'000;

// Calls visit(vector, slot) for every vector of a step.
template <typename Step, typename Visit>
void VisitVectors(Step& step, const Visit& visit) {
  visit(step.state.qpos, 0);
  visit(step.state.qvel, 1);
  visit(step.state.qacc_warmstart, 2);
  visit(step.state.ctrl, 3);
  visit(step.state.mocap_pos, 4);
  visit(step.observation, 5);
  visit(step.proposed_action, 6);
  visit(step.executed_action, 7);
}

// Calls visit(number) for every number, flag and enumeration of a step.
template <typename Step, typename Visit>
void VisitNumbers(Step& step, const Visit& visit) {
  auto& state = step.state;
  visit(state.time_s);
  for (int i = 0; i < 3; ++i) visit(state.goal_position_in_world[i]);
  visit(state.last_goal_distance_m);
  visit(state.last_box_distance_m);
  visit(state.last_box_goal_distance_m);
  visit(state.goal_button);
  visit(state.button_timer);
  visit(state.step);
  visit(state.status);
  visit(state.random.seed);
  visit(state.random.words_drawn);
  visit(state.random.has_spare_normal);
  visit(state.random.spare_normal);
  for (int i = 0; i < 2; ++i) visit(step.robot_xy_m[i]);
  visit(step.reward);
  for (auto& cost : step.costs.by_kind) visit(cost);
  visit(step.costs.total);
  visit(step.goal_met);
  visit(step.source);
  visit(step.predicted_cost);
  visit(step.predicted_cost_spread);
  visit(step.cost_model.value);
  visit(step.policy_version);
}

// Takes a number from its bytes; false if it is a flag or an enumerator that does not exist.
template <typename T>
bool Take(const char* in, T& out) {
  if constexpr (std::is_same_v<T, bool>) {  // no other byte may become a bool, even for a moment
    out = *in == 1;
    return *in == 0 || *in == 1;
  } else {
    std::memcpy(&out, in, sizeof(out));
    if constexpr (std::is_same_v<T, EpisodeStatus>) return out <= EpisodeStatus::kDiverged;
    if constexpr (std::is_same_v<T, ActionSource>) return out <= ActionSource::kNone;
    return true;
  }
}

}  // namespace

VectorSizes SizesOf(const RecordingChunk& chunk) {
  VectorSizes sizes{};
  for (const StepRecord& step : chunk.steps) {
    VisitVectors(step, [&](const auto& vector, std::size_t slot) {
      sizes[slot] = std::max(sizes[slot], static_cast<std::uint32_t>(vector.size()));
    });
  }
  return sizes;
}

std::size_t RowBytes(const VectorSizes& sizes) {
  std::size_t bytes = 1;
  StepRecord any;
  VisitNumbers(any, [&](const auto& number) { bytes += sizeof(number); });
  VisitVectors(
      any, [&](const auto& vector, std::size_t slot) { bytes += sizes[slot] * sizeof(vector[0]); });
  return bytes;
}

void WriteRow(const StepRecord& step, const VectorSizes& sizes, char* row) {
  unsigned present = 0;
  char* out = row + 1;
  const auto put = [&](const void* data, std::size_t bytes) {
    if (bytes > 0) std::memcpy(out, data, bytes);
    out += bytes;
  };
  VisitNumbers(step, [&](const auto& number) { put(&number, sizeof(number)); });
  VisitVectors(step, [&](const auto& vector, std::size_t slot) {
    if (vector.size() == 0) {
      out += sizes[slot] * sizeof(vector[0]);
      return;
    }
    LOOKOUT_CHECK(vector.size() == sizes[slot], "the steps of a chunk have different sizes");
    put(vector.data(), sizes[slot] * sizeof(vector[0]));
    present |= 1U << slot;
  });
  *row = static_cast<char>(present);
}

bool ReadRow(const char* row, const VectorSizes& sizes, StepRecord& step) {
  const unsigned present = static_cast<std::uint8_t>(*row);
  const char* in = row + 1;
  bool legal = true;
  VisitNumbers(step, [&](auto& number) {
    legal = Take(in, number) && legal;
    in += sizeof(number);
  });
  VisitVectors(step, [&](auto& vector, std::size_t slot) {
    const std::size_t bytes = sizes[slot] * sizeof(vector[0]);
    if ((present & (1U << slot)) != 0) {
      vector.resize(sizes[slot]);
      std::memcpy(vector.data(), in, bytes);
      legal = legal && bytes > 0;
    }
    in += bytes;
  });
  return legal && step.state.random.words_drawn <= kMaxWordsDrawn;
}

}  // namespace lookout::sim
