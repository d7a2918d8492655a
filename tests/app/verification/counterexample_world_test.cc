#include "app/verification/counterexample_world.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "sim/config/config_file.h"

namespace lookout::app {
namespace {

TEST_CASE("an episode of a counterexample's world begins in its pose, among the same things") {
  for (const char* id : {"PointGoal2", "PointPush1", "CarGoal1"}) {
    auto gym = *sim::SafetyGym::Create(*sim::ConfigForId(id));
    REQUIRE(gym->Reset(4).ok());
    Eigen::Matrix3Xd before;
    gym->ObjectPositions(before);
    // In the middle of the first hazard, which no layout that is drawn would have.
    const auto hazard = std::ranges::find(gym->scene().objects, sim::SceneObjectKind::kHazard,
                                          &sim::SceneObject::kind);
    REQUIRE(hazard != gym->scene().objects.end());
    const Eigen::Vector3d at = before.col(hazard - gym->scene().objects.begin());
    const RobotPose pose{at.x() + 0.05, at.y(), 0.7};

    const auto config = sim::ParseConfigText(WorldFrom(*gym, pose), "counterexample");
    REQUIRE_MESSAGE(config.ok(), (config.ok() ? "" : config.error().message));
    auto again = *sim::SafetyGym::Create(*config);
    const Status reset = again->Reset(11);
    REQUIRE_MESSAGE(reset.ok(), id << ": " << (reset.ok() ? "" : reset.error().message));
    CHECK(again->robot_position_in_world().x() == doctest::Approx(pose.x_m).epsilon(1e-6));
    CHECK(again->robot_position_in_world().y() == doctest::Approx(pose.y_m).epsilon(1e-6));
    const Eigen::Matrix3d turn = again->world_from_robot_rotation();
    CHECK(std::atan2(turn(1, 0), turn(0, 0)) == doctest::Approx(0.7));
    Eigen::Matrix3Xd after;
    again->ObjectPositions(after);
    REQUIRE(after.cols() == before.cols());
    for (Eigen::Index i = 0; i < after.cols(); ++i) {
      const bool is_robot =
          gym->scene().objects[static_cast<std::size_t>(i)].kind == sim::SceneObjectKind::kRobot;
      if (!is_robot) CHECK((after.col(i) - before.col(i)).head<2>().norm() < 1e-6);
    }
  }
}

}  // namespace
}  // namespace lookout::app
