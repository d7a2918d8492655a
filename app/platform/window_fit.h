// How large a new window may be. Pure function; any thread.
#pragma once

#include <algorithm>
#include <cmath>

#include "ui/viewport/painting/rgb_image.h"

namespace lookout::app {

// The wanted size, but no larger than the part of a screen that is free of bars; `scale` enlarges a
// new window on that screen. A screen that does not say how large it is takes all.
inline ui::SizePx FittingWindow(ui::SizePx wanted, ui::SizePx free, float scale) {
  if (free.empty()) return wanted;
  const auto most = [scale](int pixels) {
    return static_cast<int>(std::floor(static_cast<float>(pixels) / scale));
  };
  return {std::min(wanted.width, most(free.width)), std::min(wanted.height, most(free.height))};
}

}  // namespace lookout::app
