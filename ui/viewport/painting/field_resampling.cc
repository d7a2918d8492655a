#include "ui/viewport/painting/field_resampling.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/base/check.h"

namespace lookout::ui {
namespace {

// Weights of the four neighbours at a distance t in [0, 1) behind the second one.
std::array<float, 4> CatmullRom(float t) {
  const float t2 = t * t;
  const float t3 = t2 * t;
  return {0.5F * (-t3 + 2 * t2 - t), 0.5F * (3 * t3 - 5 * t2 + 2), 0.5F * (-3 * t3 + 4 * t2 + t),
          0.5F * (t3 - t2)};
}

// Interpolates `count` values `stride` apart into count * factor ones, `out_stride` apart.
void ResampleLine(const float* in, int count, int stride, int factor, float* out, int out_stride) {
  for (int i = 0; i < count * factor; ++i) {
    const float position =
        (static_cast<float>(i) + 0.5F) / static_cast<float>(factor) - 0.5F;  // in input cells
    const int base = static_cast<int>(std::floor(position));
    const std::array<float, 4> weights = CatmullRom(position - static_cast<float>(base));
    float sum = 0.0F;
    for (int k = 0; k < 4; ++k) {
      sum += weights[k] * in[stride * std::clamp(base - 1 + k, 0, count - 1)];
    }
    out[out_stride * i] = sum;
  }
}

}  // namespace

void ResampleField(std::span<const float> values, int columns, int rows, int factor,
                   std::vector<float>& out) {
  LOOKOUT_CHECK(columns > 0 && rows > 0 && factor > 0, "an empty field cannot be resampled");
  LOOKOUT_CHECK(values.size() == static_cast<std::size_t>(columns) * rows, "field of a wrong size");
  std::vector<float> clean(values.begin(), values.end());
  for (float& value : clean) value = std::isfinite(value) ? value : 0.0F;
  const auto [low, high] = std::minmax_element(clean.begin(), clean.end());

  const int wide = columns * factor;
  std::vector<float> widened(static_cast<std::size_t>(wide) * rows);
  for (int r = 0; r < rows; ++r) {
    ResampleLine(clean.data() + r * columns, columns, 1, factor, widened.data() + r * wide, 1);
  }
  out.resize(static_cast<std::size_t>(wide) * rows * factor);
  for (int c = 0; c < wide; ++c) {
    ResampleLine(widened.data() + c, rows, wide, factor, out.data() + c, wide);
  }
  for (float& value : out) value = std::clamp(value, *low, *high);
}

}  // namespace lookout::ui
