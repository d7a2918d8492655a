// Colour maps for quantities on the floor and their legend. Perceptually ordered and readable for
// colour-blind eyes; alpha grows with what deserves attention. Any thread.
#pragma once

#include <array>

#include "ui/snapshots.h"
#include "ui/viewport/painting/palette.h"

namespace lookout::ui {

inline constexpr int kColorMapSize = 256;
inline constexpr int kColorMapCount = 3;  // one per FieldQuantity, in its order

// Colour of `t` in [0, 1] (clamped) for that quantity; predicted: inferno; spread: viridis; error:
// blue for "the model misses the rule's cost", orange for "it sees danger where the rule has none".
Rgba FieldColor(FieldQuantity quantity, float t);

// The values at the two ends of the map.
struct FieldRange {
  float low = 0.0F;
  float high = 1.0F;
};
FieldRange RangeOf(FieldQuantity quantity);

}  // namespace lookout::ui
