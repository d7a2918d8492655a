#include "ui/viewport/painting/color_maps.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace lookout::ui {
namespace {

using Stops = std::array<std::uint32_t, 9>;  // 0xRRGGBB at t = 0, 1/8, ... 1

// Samples of matplotlib's inferno and viridis (van der Walt and Smith, 2015), CC0.
constexpr Stops kInferno{0x000004, 0x1f0c48, 0x550f6d, 0x88226a, 0xba3655,
                         0xe35933, 0xf98c0a, 0xf9c932, 0xfcffa4};
constexpr Stops kViridis{0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c,
                         0x28ae80, 0x5ec962, 0xaddc30, 0xfde725};
constexpr Stops kBlueToOrange{0x2b8cff, 0x3f8be0, 0x5a8dbd, 0x76919f, 0x8f9499,
                              0xb39b7c, 0xd39a55, 0xee912c, 0xff8400};

Rgba Unpack(std::uint32_t rgb) {
  const auto channel = [rgb](int shift) {
    return static_cast<float>((rgb >> shift) & 0xffU) / 255.0F;
  };
  return {channel(16), channel(8), channel(0)};
}

Rgba Sample(const Stops& stops, float t) {
  const float position = t * static_cast<float>(stops.size() - 1);
  const auto lower = std::min(static_cast<std::size_t>(position), stops.size() - 2);
  return Mix(Unpack(stops[lower]), Unpack(stops[lower + 1]), position - static_cast<float>(lower));
}

}  // namespace

Rgba FieldColor(FieldQuantity quantity, float t) {
  t = std::clamp(t, 0.0F, 1.0F);
  switch (quantity) {
    case FieldQuantity::kPredicted:
      return Sample(kInferno, 0.12F + 0.88F * t).WithAlpha(0.10F + 0.72F * std::sqrt(t));
    case FieldQuantity::kSpread:
      return Sample(kViridis, t).WithAlpha(0.12F + 0.68F * std::sqrt(t));
    case FieldQuantity::kErrorAgainstRule:
      break;
  }
  const float away = std::abs(2.0F * t - 1.0F);
  return Sample(kBlueToOrange, t).WithAlpha(0.08F + 0.75F * std::sqrt(away));
}

FieldRange RangeOf(FieldQuantity quantity) {
  switch (quantity) {
    case FieldQuantity::kPredicted:
      return {0.0F, 1.0F};
    case FieldQuantity::kSpread:
      return {0.0F, 0.5F};
    case FieldQuantity::kErrorAgainstRule:
      break;
  }
  return {-1.0F, 1.0F};
}

}  // namespace lookout::ui
