#include "sim/objects/layout_sampler.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/base/check.h"
#include "sim/objects/object_kinds.h"
#include "sim/objects/world_objects.h"

namespace lookout::sim {
namespace {

constexpr int kLayoutAttempts = 10'000;
constexpr int kPlaceAttempts = 100;
constexpr int kRedrawAttempts = 10'000;

// Room that Safety Gym leaves around a fixed location, so that rounding cannot close it. Its place
// is still drawn, which takes two numbers from the stream.
constexpr double kLocationSlack = 1e-9;

Rectangle Shrunk(const Rectangle& r, double by) {
  return {r[0] + by, r[1] + by, r[2] - by, r[3] - by};
}

bool IsInverted(const Rectangle& r) { return r[0] > r[2] || r[1] > r[3]; }

double Area(const Rectangle& r) { return (r[2] - r[0]) * (r[3] - r[1]); }

// The rectangles in which the centre may lie. Like Safety Gym, the extents are taken as they are,
// even if the keep-out turns them inside out.
std::vector<Rectangle> RectanglesOf(const EnvironmentConfig& config, const PlacementRule& rule,
                                    std::size_t index) {
  std::vector<Rectangle> given;
  if (index < rule.locations.size()) {
    const auto [x, y] = rule.locations[index];
    const double k = rule.keepout_m + kLocationSlack;
    given.push_back({x - k, y - k, x + k, y + k});
  } else if (rule.placements) {
    given = *rule.placements;
  } else {
    return {Shrunk(config.placements_extents, rule.keepout_m)};
  }
  std::vector<Rectangle> usable;
  for (const Rectangle& rectangle : given) {
    const Rectangle shrunk = Shrunk(rectangle, rule.keepout_m);
    if (!IsInverted(shrunk)) usable.push_back(shrunk);
  }
  return usable;
}

std::vector<double> ProbabilitiesOf(const std::vector<Rectangle>& rectangles) {
  if (rectangles.size() < 2) return {};
  std::vector<double> areas;
  for (const Rectangle& rectangle : rectangles) areas.push_back(Area(rectangle));
  const double total = std::accumulate(areas.begin(), areas.end(), 0.0);
  for (double& area : areas) area /= total;
  return areas;
}

Error NoRectangle(const PlacementSlot& slot) {
  const std::string option(DescriptorOf(slot.kind).option);
  return BadInput(option + "_placements: none for " + slot.name +
                  " is larger than its keep-out; enlarge one or lower " + option + "_keepout.");
}

// most_placed: how many objects stood in the attempt that came furthest.
Error NoLayout(const PlacementSlot& slot, int most_placed) {
  const std::string option(DescriptorOf(slot.kind).option);
  return BadInput(
      fmt::format("No layout fits: beside {} other objects there is no place for {}; lower "
                  "{}_keepout or another keep-out, or enlarge {}_placements or placements_extents.",
                  most_placed, slot.name, option, option));
}

}  // namespace

LayoutSampler::LayoutSampler(const EnvironmentConfig& config)
    : margin_m_(config.placements_margin) {
  for (const SceneObjectKind kind : PlacementOrder()) {
    first_slot_[static_cast<std::size_t>(kind)] = static_cast<int>(slots_.size());
    const PlacementRule rule = DescriptorOf(kind).placement(config);
    for (int i = 0; i < ObjectCount(config, kind); ++i) {
      PlacementSlot slot{kind, i, ObjectName(kind, i), rule.keepout_m, {}, {}};
      slot.rectangles = RectanglesOf(config, rule, static_cast<std::size_t>(i));
      slot.probabilities = ProbabilitiesOf(slot.rectangles);
      slots_.push_back(std::move(slot));
    }
  }
}

int LayoutSampler::SlotOf(SceneObjectKind kind, int index) const {
  const int slot = first_slot_[static_cast<std::size_t>(kind)] + index;
  LOOKOUT_CHECK(slot < static_cast<int>(slots_.size()) && slots_[slot].kind == kind,
                "no such object has a place");
  return slot;
}

Point2 LayoutSampler::Draw(const PlacementSlot& slot, RandomState& random) const {
  const int chosen = slot.probabilities.empty() ? 0 : random.Choice(slot.probabilities);
  const auto [min_x, min_y, max_x, max_y] = slot.rectangles[chosen];
  const double x = random.Uniform(min_x, max_x);
  const double y = random.Uniform(min_y, max_y);
  return {x, y};
}

bool LayoutSampler::IsFar(const PlacementSlot& slot, const Point2& place, int other,
                          const Layout& layout) const {
  const double dx = place[0] - layout[other][0];
  const double dy = place[1] - layout[other][1];
  const double needed = slots_[other].keepout_m + margin_m_ + slot.keepout_m;
  return std::sqrt(dx * dx + dy * dy) >= needed;
}

int LayoutSampler::Place(RandomState& random, Layout& layout) const {
  const int count = static_cast<int>(slots_.size());
  for (int placed = 0; placed < count; ++placed) {
    const PlacementSlot& slot = slots_[placed];
    if (slot.rectangles.empty()) return placed;
    bool free = false;
    for (int attempt = 0; attempt < kPlaceAttempts && !free; ++attempt) {
      layout[placed] = Draw(slot, random);
      free = true;
      for (int other = 0; other < placed && free; ++other) {
        free = IsFar(slot, layout[placed], other, layout);
      }
    }
    if (!free) return placed;
  }
  return count;
}

Status LayoutSampler::Sample(RandomState& random, Layout& layout) const {
  const int count = static_cast<int>(slots_.size());
  layout.resize(slots_.size());
  int most_placed = 0;
  for (int attempt = 0; attempt < kLayoutAttempts; ++attempt) {
    const int placed = Place(random, layout);
    if (placed == count) return {};
    if (slots_[placed].rectangles.empty()) return NoRectangle(slots_[placed]);
    most_placed = std::max(most_placed, placed);
  }
  return NoLayout(slots_[most_placed], most_placed);
}

bool LayoutSampler::Redraw(int slot_index, RandomState& random, Layout& layout) const {
  const PlacementSlot& slot = slots_[slot_index];
  if (slot.rectangles.empty()) return false;
  for (int attempt = 0; attempt < kRedrawAttempts; ++attempt) {
    const Point2 place = Draw(slot, random);
    bool free = true;
    for (int other = 0; other < static_cast<int>(slots_.size()) && free; ++other) {
      free = other == slot_index || IsFar(slot, place, other, layout);
    }
    if (!free) continue;
    layout[slot_index] = place;
    return true;
  }
  return false;
}

}  // namespace lookout::sim
