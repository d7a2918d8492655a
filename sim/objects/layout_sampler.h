// Draws where everything stands, exactly as Safety Gym does: rejection sampling in a fixed order.
// Immutable after construction; the stream and the layout belong to the caller.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "sim/base/random_state.h"
#include "sim/base/result.h"
#include "sim/config/config.h"
#include "sim/environment/kinds.h"

namespace lookout::sim {

// One object that has a place.
struct PlacementSlot {
  SceneObjectKind kind = SceneObjectKind::kRobot;
  int index = 0;
  std::string name;
  double keepout_m = 0.0;
  std::vector<Rectangle> rectangles;  // for its centre, already shrunk by the keep-out
  std::vector<double> probabilities;  // of the rectangles, by area; empty for one rectangle
};

// A place per slot, metres, world frame.
using Layout = std::vector<Point2>;

class LayoutSampler {
 public:
  explicit LayoutSampler(const EnvironmentConfig& config);

  const std::vector<PlacementSlot>& slots() const { return slots_; }
  // The slot of an object that has a place (not the circle).
  int SlotOf(SceneObjectKind kind, int index) const;

  // Draws a whole layout. Rejects (kBadInput) if 10,000 attempts find none, or if an object has
  // no rectangle that is larger than its keep-out; names the object and its options.
  Status Sample(RandomState& random, Layout& layout) const;

  // Draws a new place for one slot that keeps its distance from all others as they stand in
  // `layout`; false, with that place untouched, after 10,000 tries. Does not allocate.
  bool Redraw(int slot, RandomState& random, Layout& layout) const;

 private:
  // One attempt: how many of the slots, from the first on, found a place.
  int Place(RandomState& random, Layout& layout) const;
  Point2 Draw(const PlacementSlot& slot, RandomState& random) const;
  bool IsFar(const PlacementSlot& slot, const Point2& place, int other, const Layout& layout) const;

  double margin_m_;
  std::vector<PlacementSlot> slots_;
  std::array<int, kSceneObjectKindCount> first_slot_{};
};

}  // namespace lookout::sim
