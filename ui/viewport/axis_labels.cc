#include "ui/viewport/axis_labels.h"

#include <algorithm>
#include <cmath>

namespace lookout::ui {
namespace {

constexpr float kBeyondTip = 0.28F;  // of a line's length
constexpr int kMostAttempts = 12;
constexpr float kUnseenLength = 0.2F;  // below that an axis has no direction on the screen

float LengthOf(ImVec2 v) { return std::hypot(v.x, v.y); }

// Away from both others, as an axis that points at the eye has no side of its own.
ImVec2 FreeSide(const std::array<ImVec2, 3>& directions, std::size_t axis) {
  ImVec2 others{0, 0};
  for (std::size_t i = 0; i < directions.size(); ++i) {
    if (i == axis) continue;
    others.x += directions[i].x;
    others.y += directions[i].y;
  }
  const float length = LengthOf(others);
  if (length < 1e-3F) return {-1.0F, 0.0F};
  return {-others.x / length, -others.y / length};
}

bool Covers(ImVec2 a, ImVec2 b, ImVec2 size) {
  return std::abs(a.x - b.x) < size.x && std::abs(a.y - b.y) < size.y;
}

}  // namespace

std::array<ImVec2, 3> AxisLabelPlaces(const std::array<ImVec2, 3>& directions, float length_px,
                                      ImVec2 size_px) {
  std::array<ImVec2, 3> places;
  // The longest first: whose line is seen well keeps its place.
  std::array<std::size_t, 3> order{0, 1, 2};
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&](std::size_t i) { return LengthOf(directions[i]); });
  const float step = 0.5F * std::max(size_px.x, size_px.y);
  for (std::size_t n = 0; n < order.size(); ++n) {
    const std::size_t i = order[n];
    const float seen = LengthOf(directions[i]);
    const ImVec2 side = seen < kUnseenLength
                            ? FreeSide(directions, i)
                            : ImVec2(directions[i].x / seen, directions[i].y / seen);
    const float tip = std::max(length_px * seen, size_px.y) + kBeyondTip * length_px;
    const auto covered = [&] {
      return std::any_of(
          order.begin(), order.begin() + static_cast<std::ptrdiff_t>(n),
          [&](std::size_t other) { return Covers(places[i], places[other], size_px); });
    };
    // Beside its tip rather than beyond it: what stands round the axes keeps its distance.
    for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
      const int steps_aside = (attempt + 1) / 2;
      const float aside = (attempt % 2 == 0 ? step : -step) * static_cast<float>(steps_aside);
      places[i] = {side.x * tip - side.y * aside, -side.y * tip - side.x * aside};
      if (!covered()) break;
    }
  }
  return places;
}

}  // namespace lookout::ui
