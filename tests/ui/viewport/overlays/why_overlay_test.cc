#include "ui/viewport/overlays/why_overlay.h"

#include <doctest/doctest.h>

namespace lookout::ui {

TEST_CASE(
    "a column stands before the robot only between it and the eye, near the line and as high") {
  const Eigen::Vector3d robot(0, 0, 0.1);
  const Eigen::Vector3d eye(0, -4, 4.1);  // looks down at 45 degrees
  const auto stands = [&](double x, double y, double height_m) {
    return StandsBefore(robot, eye, {x, y, 0}, 0.12, height_m);
  };
  CHECK(stands(0.0, -0.4, 0.6));
  CHECK(stands(0.2, -0.4, 0.6));
  CHECK_FALSE(stands(0.5, -0.4, 0.6));  // beside
  CHECK_FALSE(stands(0.0, 0.4, 0.6));   // behind
  CHECK_FALSE(stands(0.0, -0.4, 0.2));  // seen over
  CHECK_FALSE(stands(0.0, -2.0, 0.6));  // far before, so that the line passes above
  CHECK_FALSE(stands(0.0, -5.0, 0.6));  // behind the eye
  CHECK_FALSE(StandsBefore(robot, {0, 0, 4}, {0, 0, 0}, 0.12, 0.6));  // from above
}

}  // namespace lookout::ui
