#include "sim/recording/recording_layout.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <span>

#include "sim/base/check.h"

namespace lookout::sim {
namespace {

// The kinds of cost in version 1.
constexpr std::array<std::string_view, 7> kFirstCostKinds{
    "vases_contact",  "pillars",        "buttons", "gremlins",
    "vases_displace", "vases_velocity", "hazards"};
constexpr std::uint32_t kMostSights = 1U << 16U;
constexpr std::size_t kMostNameBytes = 255;

void PutName(std::string_view name, std::string& bytes) {
  name = name.substr(0, kMostNameBytes);
  bytes += static_cast<char>(name.size());
  bytes += name;
}

// Takes lists of names off the front of bytes.
class NameReader {
 public:
  explicit NameReader(std::string_view& rest) : rest_(rest) {}

  std::size_t Byte() {
    const std::string_view byte = Cut(1);
    return byte.empty() ? std::size_t{0} : static_cast<unsigned char>(byte[0]);
  }
  // A length and as many bytes; empty if they end before.
  std::string_view Name() {
    const std::size_t length = Byte();
    const std::string_view name = Cut(length);
    return name.size() < length ? std::string_view() : name;
  }

 private:
  std::string_view Cut(std::size_t bytes) {
    const std::string_view cut = rest_.substr(0, bytes);
    rest_.remove_prefix(cut.size());
    return cut;
  }
  std::string_view& rest_;
};

// Cuts the names of the costs off `rest`.
Status ReadCosts(std::string_view& rest, RowLayout& layout, RecordingChunk& chunk) {
  NameReader reader(rest);
  for (std::size_t costs = reader.Byte(); costs > 0; --costs) {
    const std::string_view name = reader.Name();
    if (name.empty()) return RejectChunk("ends amid the names of its costs");
    const std::optional<CostKind> kind = FindCostKind(name);
    const auto& others = chunk.other_cost_names;
    if (kind ? std::ranges::find(layout.cost_kinds, kind) != layout.cost_kinds.end()
             : std::ranges::find(others, name) != others.end()) {
      return RejectChunk("names the cost of " + std::string(name) + " twice");
    }
    if (!kind) chunk.other_cost_names.emplace_back(name);
    layout.cost_kinds.push_back(kind);
  }
  if (chunk.other_cost_names.size() > kMostOtherCosts) return RejectChunk("has too many costs");
  return {};
}

// Cuts the names of who acts, and why, off `rest`.
Status ReadNames(std::string_view& rest, RowLayout& layout) {
  NameReader reader(rest);
  layout.names = {nullptr};
  for (std::size_t names = reader.Byte(); names > 0; --names) {
    const std::string_view name = reader.Name();
    if (name.empty()) return RejectChunk("ends amid the names of its agents");
    layout.names.push_back(std::make_shared<const std::string>(name));
  }
  return {};
}

void AddName(const SharedName& name, std::vector<SharedName>& names) {
  const auto same = [&](const SharedName& known) { return known && *known == *name; };
  if (name && !name->empty() && std::ranges::none_of(names, same)) names.push_back(name);
}

}  // namespace

std::optional<CostKind> FindCostKind(std::string_view name) {
  for (int i = 0; i < kCostKindCount; ++i) {
    if (CostKindName(static_cast<CostKind>(i)) == name) return static_cast<CostKind>(i);
  }
  return std::nullopt;
}

Error RejectChunk(const std::string& cause) {
  return BadInput("A chunk of a recorded episode " + cause +
                  "; its file is damaged or was not written by Lookout.");
}

RowLayout LayoutOf(const RecordingChunk& chunk) {
  RowLayout layout{.sizes = SizesOf(chunk),
                   .cost_kinds = {},
                   .has_state = chunk.steps.empty() || chunk.steps.front().state != nullptr,
                   .names = {nullptr}};
  for (int i = 0; i < kCostKindCount; ++i) layout.cost_kinds.emplace_back(static_cast<CostKind>(i));
  for (const StepRecord& step : chunk.steps) {
    if (!step.state) continue;
    layout.sights = static_cast<std::uint32_t>(step.state->sights.size());
    layout.has_sights = layout.has_sights || step.state->goal_age != 0 || layout.sights > 0;
  }
  layout.cost_kinds.resize(layout.cost_kinds.size() + chunk.other_cost_names.size());
  for (const StepRecord& step : chunk.steps) {
    AddName(step.agent, layout.names);
    AddName(step.overseer, layout.names);
    AddName(step.reason, layout.names);
  }
  return layout;
}

std::string EncodeLayout(const RowLayout& layout, const RecordingChunk& chunk) {
  LOOKOUT_CHECK(chunk.other_cost_names.size() <= kMostOtherCosts, "a chunk has too many costs");
  std::string bytes(1, layout.has_state ? '\1' : '\0');
  if (layout.has_sights) {
    bytes.append(reinterpret_cast<const char*>(&layout.sights), sizeof(layout.sights));
  }
  bytes += static_cast<char>(layout.cost_kinds.size());
  for (int i = 0; i < kCostKindCount; ++i) PutName(CostKindName(static_cast<CostKind>(i)), bytes);
  for (const std::string& name : chunk.other_cost_names) PutName(name, bytes);
  bytes += static_cast<char>(layout.names.size() - 1);
  for (const SharedName& name : std::span(layout.names).subspan(1)) PutName(*name, bytes);
  return bytes;
}

Status ReadLayout(std::uint32_t version, std::string_view& rest, RowLayout& layout,
                  RecordingChunk& chunk) {
  if (version == 1) {
    for (const std::string_view name : kFirstCostKinds) {
      layout.cost_kinds.push_back(FindCostKind(name));
    }
    return {};
  }
  layout.has_reasons = version >= 4;
  if (version >= 3) {
    const std::size_t flag = NameReader(rest).Byte();
    if (flag > 1) return RejectChunk("does not say whether it has the simulator's state");
    layout.has_state = flag == 1;
    constexpr std::size_t kVectorsOfState = 5;
    const auto of_state = std::span(layout.sizes).first(kVectorsOfState);
    if (!layout.has_state && std::ranges::max(of_state) > 0) {
      return RejectChunk("has parts of a state that it says it lacks");
    }
  }
  layout.has_sights = version >= kChunkVersionWithSights;
  if (layout.has_sights) {
    if (rest.size() < sizeof(layout.sights)) return RejectChunk("ends before its names");
    std::memcpy(&layout.sights, rest.data(), sizeof(layout.sights));
    rest.remove_prefix(sizeof(layout.sights));
    if (layout.sights > kMostSights || (layout.sights > 0 && !layout.has_state)) {
      return RejectChunk("has observations still to be seen that cannot be");
    }
  }
  if (Status costs = ReadCosts(rest, layout, chunk); !costs) return costs;
  return version >= 3 ? ReadNames(rest, layout) : Status();
}

}  // namespace lookout::sim
