// Two rectangles side by side, for what is compared. Pure arithmetic.
#pragma once

#include <array>
#include <cmath>

#include "ui/widgets/scopes.h"

namespace lookout::ui {

// The left and the right half, on whole pixels and `gap_px` apart.
inline std::array<Rect, 2> HalvesOf(const Rect& rect, float gap_px) {
  const float middle = std::round((rect.min.x + rect.max.x) * 0.5F);
  const float gap = std::round(gap_px * 0.5F);
  return {Rect{rect.min, {middle - gap, rect.max.y}}, Rect{{middle + gap, rect.min.y}, rect.max}};
}

}  // namespace lookout::ui
