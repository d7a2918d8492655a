#include "ui/viewport/axis_labels.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

namespace lookout::ui {
namespace {

constexpr float kLength = 26.0F;
const ImVec2 kLabelSize(8.0F, 15.0F);

// The axes of a world whose camera looks with that azimuth and elevation.
std::array<ImVec2, 3> Seen(float azimuth, float elevation) {
  const float ca = std::cos(azimuth), sa = std::sin(azimuth), se = std::sin(elevation);
  return {ImVec2(sa, ca * se), ImVec2(-ca, sa * se), ImVec2(0.0F, std::cos(elevation))};
}

TEST_CASE("no name of an axis covers another, from wherever one looks") {
  for (int a = 0; a < 72; ++a) {
    for (int e = -9; e <= 9; ++e) {
      const auto places =
          AxisLabelPlaces(Seen(0.0873F * static_cast<float>(a), 0.1745F * static_cast<float>(e)),
                          kLength, kLabelSize);
      CAPTURE(a);
      CAPTURE(e);
      for (std::size_t i = 0; i < 3; ++i) {
        const ImVec2 p = places[i], q = places[(i + 1) % 3];
        const bool apart =
            std::abs(p.x - q.x) >= kLabelSize.x || std::abs(p.y - q.y) >= kLabelSize.y;
        CHECK(apart);
        CHECK(std::hypot(p.x, p.y) < 3.0F * kLength);
      }
    }
  }
}

TEST_CASE("the name of an axis that is seen well stands beyond its tip") {
  const auto places =
      AxisLabelPlaces({ImVec2(1, 0), ImVec2(0, 0), ImVec2(0, 1)}, kLength, kLabelSize);
  CHECK(places[0].x == doctest::Approx(1.28F * kLength));
  CHECK(places[2].y == doctest::Approx(-1.28F * kLength));
  // The one that points at the eye stands on the other side of both.
  CHECK(places[1].x < 0.0F);
  CHECK(places[1].y > 0.0F);
}

}  // namespace
}  // namespace lookout::ui
