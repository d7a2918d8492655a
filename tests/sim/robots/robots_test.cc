#include "sim/robots/robots.h"

#include <doctest/doctest.h>

#include <cmath>

#include "sim/config/embedded_assets.h"
#include "sim/engine/safety_gym.h"

namespace lookout::sim {
namespace {

TEST_CASE("a robot that is listed has its file, its motors and a unit direction to drive in") {
  for (const RobotKind kind : AllRobots()) {
    const Robot& robot = DescriptorOf(kind);
    CAPTURE(robot.name);
    CHECK(!EmbeddedRobotMjcf(RobotName(kind)).empty());
    EnvironmentConfig config;
    config.robot_base = kind;
    const auto gym = SafetyGym::Create(config);
    REQUIRE(gym.ok());
    CHECK((*gym)->spec().action_dim == robot.action_dim);
    const auto [x, y] = robot.forward_in_body;
    CHECK(std::hypot(x, y) == doctest::Approx(1.0));
  }
}

TEST_CASE("the option robot_base knows every robot by its file") {
  CHECK(ChoiceName(RobotKind::kDoggo) == "xmls/doggo.xml");
  CHECK(Choices(RobotKind{}).size() == AllRobots().size());
}

}  // namespace
}  // namespace lookout::sim
