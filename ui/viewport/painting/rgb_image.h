// A picture in memory: what the renderer reads back, and image and video files take. Value type.
#pragma once

#include <cstdint>
#include <vector>

namespace lookout::ui {

// Width and height in pixels.
struct SizePx {
  int width = 0;
  int height = 0;
  bool empty() const { return width <= 0 || height <= 0; }
  bool operator==(const SizePx&) const = default;
};

// Rows from top to bottom, three bytes per pixel, no padding.
struct RgbImage {
  SizePx size;
  std::vector<std::uint8_t> pixels;  // [3 * width * height]

  const std::uint8_t* at(int x, int y) const {
    return pixels.data() + 3 * (static_cast<std::size_t>(y) * size.width + x);
  }
};

}  // namespace lookout::ui
