#include "sim/recording/recording_rows.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <type_traits>

#include "sim/base/check.h"

namespace lookout::sim {
namespace {

// Restoring a random stream costs 3 ns per word; a foreign number must not hang the program.
constexpr std::uint64_t kMaxWordsDrawn = 1'000'000'000;

// A step taken apart for its row: the state always there, names as indices.
template <typename Step, typename State>
struct RowParts {
  Step& step;
  State& state;
  std::uint8_t agent = 0;
  std::uint8_t overseer = 0;
  std::uint8_t reason = 0;
};

// Calls visit(vector, slot) for every vector of a step.
template <typename Parts, typename Visit>
void VisitVectors(Parts& parts, const Visit& visit) {
  visit(parts.state.qpos, 0);
  visit(parts.state.qvel, 1);
  visit(parts.state.qacc_warmstart, 2);
  visit(parts.state.ctrl, 3);
  visit(parts.state.mocap_pos, 4);
  visit(parts.step.observation, 5);
  visit(parts.step.proposed_action, 6);
  visit(parts.step.executed_action, 7);
}

template <typename State, typename Visit>
void VisitMotion(State& state, const RowLayout& layout, const Visit& visit) {
  visit(state.time_s);
  for (int i = 0; i < 3; ++i) visit(state.goal_position_in_world[i]);
  visit(state.last_goal_distance_m);
  visit(state.last_box_distance_m);
  visit(state.last_box_goal_distance_m);
  visit(state.goal_button);
  visit(state.button_timer);
  visit(state.step);
  if (!layout.has_sights) return;
  visit(state.goal_age);
  for (std::uint32_t i = 0; i < layout.sights; ++i) visit(state.sights[i]);
}

template <typename State, typename Visit>
void VisitRandom(State& state, const Visit& visit) {
  visit(state.random.seed);
  visit(state.random.words_drawn);
  visit(state.random.has_spare_normal);
  visit(state.random.spare_normal);
}

// Calls visit(number) for every number, flag and enumeration of a step; for the costs, in the order
// of the kinds.
template <typename Parts, typename Visit>
void VisitNumbers(Parts& parts, const RowLayout& layout, const Visit& visit) {
  auto& step = parts.step;
  if (layout.has_state) VisitMotion(parts.state, layout, visit);
  visit(step.status);
  if (layout.has_state) VisitRandom(parts.state, visit);
  for (int i = 0; i < 2; ++i) visit(step.robot_xy_m[i]);
  visit(step.reward);
  Eigen::Index others = 0;
  for (const auto& kind : layout.cost_kinds) {
    if (kind) {
      visit(step.costs.by_kind[static_cast<std::size_t>(*kind)]);
    } else {
      visit(step.other_costs[others++]);
    }
  }
  visit(step.costs.total);
  visit(step.goal_met);
  visit(step.source);
  visit(step.predicted_cost);
  visit(step.predicted_cost_spread);
  visit(step.cost_model.value);
  visit(step.policy_version);
  if (layout.names.empty()) return;
  visit(parts.agent);
  visit(parts.overseer);
  if (layout.has_reasons) visit(parts.reason);
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

const SimState& StateOf(const StepRecord& step) {
  static const SimState kNone;
  return step.state ? *step.state : kNone;
}

std::uint8_t IndexOf(const SharedName& name, const RowLayout& layout) {
  if (!name || name->empty()) return 0;
  const auto found = std::ranges::find_if(
      layout.names, [&](const SharedName& known) { return known && *known == *name; });
  LOOKOUT_CHECK(found != layout.names.end(), "a step's agent is not among those of its chunk");
  return static_cast<std::uint8_t>(found - layout.names.begin());
}

}  // namespace

VectorSizes SizesOf(const RecordingChunk& chunk) {
  VectorSizes sizes{};
  for (const StepRecord& step : chunk.steps) {
    const RowParts<const StepRecord, const SimState> parts{step, StateOf(step)};
    VisitVectors(parts, [&](const auto& vector, std::size_t slot) {
      sizes[slot] = std::max(sizes[slot], static_cast<std::uint32_t>(vector.size()));
    });
  }
  return sizes;
}

std::size_t OtherCostsOf(const RowLayout& layout) {
  return static_cast<std::size_t>(std::ranges::count(layout.cost_kinds, std::optional<CostKind>()));
}

std::size_t RowBytes(const RowLayout& layout) {
  std::size_t bytes = 1;
  StepRecord any;
  any.other_costs.setZero(static_cast<Eigen::Index>(OtherCostsOf(layout)));
  SimState state;
  state.sights.setZero(layout.sights);
  RowParts<StepRecord, SimState> parts{any, state};
  VisitNumbers(parts, layout, [&](const auto& number) { bytes += sizeof(number); });
  VisitVectors(parts, [&](const auto& vector, std::size_t slot) {
    bytes += layout.sizes[slot] * sizeof(vector[0]);
  });
  return bytes;
}

void WriteRow(const StepRecord& step, const RowLayout& layout, char* row) {
  LOOKOUT_CHECK((step.state != nullptr) == layout.has_state,
                "some steps of a chunk have the simulator's state and others do not");
  LOOKOUT_CHECK(static_cast<std::size_t>(step.other_costs.size()) == OtherCostsOf(layout),
                "the steps of a chunk have different costs");
  LOOKOUT_CHECK(static_cast<std::size_t>(StateOf(step).sights.size()) == layout.sights,
                "the steps of a chunk look ahead differently");
  const VectorSizes& sizes = layout.sizes;
  unsigned present = 0;
  char* out = row + 1;
  const auto put = [&](const void* data, std::size_t bytes) {
    if (bytes > 0) std::memcpy(out, data, bytes);
    out += bytes;
  };
  const RowParts<const StepRecord, const SimState> parts{
      step, StateOf(step), IndexOf(step.agent, layout), IndexOf(step.overseer, layout),
      IndexOf(step.reason, layout)};
  VisitNumbers(parts, layout, [&](const auto& number) { put(&number, sizeof(number)); });
  VisitVectors(parts, [&](const auto& vector, std::size_t slot) {
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

bool ReadRow(const char* row, const RowLayout& layout, StepRecord& step) {
  const VectorSizes& sizes = layout.sizes;
  const unsigned present = static_cast<std::uint8_t>(*row);
  const char* in = row + 1;
  bool legal = true;
  SimState state;
  state.sights.setZero(layout.sights);
  step.other_costs.setZero(static_cast<Eigen::Index>(OtherCostsOf(layout)));
  RowParts<StepRecord, SimState> parts{step, state};
  VisitNumbers(parts, layout, [&](auto& number) {
    legal = Take(in, number) && legal;
    in += sizeof(number);
  });
  VisitVectors(parts, [&](auto& vector, std::size_t slot) {
    const std::size_t bytes = sizes[slot] * sizeof(vector[0]);
    if ((present & (1U << slot)) != 0) {
      vector.resize(sizes[slot]);
      if (bytes > 0) std::memcpy(vector.data(), in, bytes);
      legal = legal && bytes > 0;
    }
    in += bytes;
  });
  if (!layout.names.empty()) {
    if (std::max({parts.agent, parts.overseer, parts.reason}) >= layout.names.size()) return false;
    step.agent = layout.names[parts.agent];
    step.overseer = layout.names[parts.overseer];
    step.reason = layout.names[parts.reason];
  }
  const bool known_random = state.random.words_drawn <= kMaxWordsDrawn;
  if (layout.has_state) {
    state.status = step.status;
    step.state = std::make_shared<const SimState>(std::move(state));
  }
  // Older versions stored it in any case.
  if (step.proposed_action.size() == step.executed_action.size() &&
      step.proposed_action == step.executed_action.cast<float>()) {
    step.proposed_action.resize(0);
  }
  return legal && known_random;
}

}  // namespace lookout::sim
