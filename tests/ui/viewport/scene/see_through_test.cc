#include "ui/viewport/scene/see_through.h"

#include <doctest/doctest.h>
#include <mujoco/mujoco.h>

#include <array>

namespace lookout::ui {

TEST_CASE("what a wall hides lies behind it, not before it, beside it or within") {
  mjvGeom wall{};
  const std::array<mjtNum, 3> size{0.25, 0.25, 0.25};
  const std::array<mjtNum, 3> place{0, 0, 0.25};
  const std::array<float, 4> colour{1, 1, 1, 1};
  mjv_initGeom(&wall, mjGEOM_BOX, size.data(), place.data(), nullptr, colour.data());
  const Eigen::Vector3d eye(0, -4, 2);
  const auto hidden = [&](double x, double y) {
    return LiesBehind(wall, eye, Eigen::Vector3d(x, y, 0.1));
  };
  CHECK(hidden(0, 0.4));
  CHECK(hidden(0.1, 0.6));
  CHECK_FALSE(hidden(0, -0.4));  // before it
  CHECK_FALSE(hidden(0, 0));     // within
  CHECK_FALSE(hidden(0.6, 0.4));
  CHECK_FALSE(hidden(0, 3.5));  // far enough behind to be seen over it
}

}  // namespace lookout::ui
