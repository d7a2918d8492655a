#include <doctest/doctest.h>

#include <cmath>

#include "tests/sim/gym_support.h"

using namespace lookout::sim;

namespace {

const Eigen::VectorXd kStill = Eigen::VectorXd::Zero(2);

EnvironmentConfig WithVase() {
  EnvironmentConfig config = test::EmptyFloor();
  config.vases.num = 1;
  config.vases.locations = {{1, 1}};
  return config;
}

}  // namespace

TEST_CASE("A hand on the robot moves it as long as it pushes") {
  const auto gym = test::MakeGym(test::EmptyFloor());
  test::Start(*gym);
  gym->SetPerturbation({gym->scene().robot_body, {0, 0.05, 0}, {0, 0, 0}});
  for (int i = 0; i < 25; ++i) gym->Step(kStill);
  const double pushed_y_m = gym->robot_position_in_world().y();
  const double speed = gym->robot_velocity_in_world().y();
  CHECK(pushed_y_m > 0.05);
  CHECK(std::abs(gym->robot_position_in_world().x()) < 1e-3);
  gym->SetPerturbation({});
  for (int i = 0; i < 10; ++i) gym->Step(kStill);
  CHECK(gym->robot_velocity_in_world().y() < speed);
}

TEST_CASE("A hand on a vase moves the vase, not the robot") {
  const auto gym = test::MakeGym(WithVase());
  test::Start(*gym);
  const int vase = test::Find(*gym, SceneObjectKind::kVase).body;
  gym->SetPerturbation({vase, {2e-4, 0, 0}, {0, 0, 0}});
  for (int i = 0; i < 10; ++i) gym->Step(kStill);
  CHECK(test::PositionOf(*gym, SceneObjectKind::kVase).x() > 1.05);
  CHECK(gym->robot_position_in_world().head<2>().norm() < 1e-6);
}

TEST_CASE("A state saved under a hand is restored without it") {
  const auto gym = test::MakeGym(WithVase());
  test::Start(*gym);
  gym->SetPerturbation({gym->scene().robot_body, {0, 0.05, 0}, {0, 0, 0.001}});
  for (int i = 0; i < 5; ++i) gym->Step(kStill);
  const SimState state = gym->Save();
  const Eigen::VectorXd observation = gym->observation();
  gym->SetPerturbation({});
  gym->Step(kStill);
  const Eigen::VectorXd next = gym->observation();
  REQUIRE(gym->Restore(state).ok());
  CHECK(gym->observation() == observation);
  gym->Step(kStill);
  CHECK(gym->observation() == next);
}

TEST_CASE("The robot is put where it is asked, whatever frame it started in") {
  EnvironmentConfig config = test::EmptyFloor();
  config.robot_rot = 2.1;
  const auto gym = test::MakeGym(config);
  test::Start(*gym);
  const double yaw_rad = -0.7;
  gym->MoveBody(gym->scene().robot_body, {1.25, -0.5, 0.1},
                {std::cos(yaw_rad / 2), 0, 0, std::sin(yaw_rad / 2)});
  const Eigen::Vector3d robot = gym->robot_position_in_world();
  CHECK(robot.x() == doctest::Approx(1.25));
  CHECK(robot.y() == doctest::Approx(-0.5));
  const Eigen::Matrix3d turned = gym->world_from_robot_rotation();
  CHECK(std::atan2(turned(1, 0), turned(0, 0)) == doctest::Approx(yaw_rad));
  // Being carried earns nothing.
  CHECK(std::abs(gym->Step(kStill).reward) < 1e-6);
}

TEST_CASE("A vase can be carried, what is fixed stays") {
  EnvironmentConfig config = WithVase();
  config.hazards.num = 1;
  config.hazards.locations = {{-1, -1}};
  const auto gym = test::MakeGym(config);
  test::Start(*gym);
  gym->MoveBody(test::Find(*gym, SceneObjectKind::kVase).body, {0.5, 2, 0.1}, {1, 0, 0, 0});
  CHECK(test::PositionOf(*gym, SceneObjectKind::kVase).y() == doctest::Approx(2.0));
  gym->MoveBody(test::Find(*gym, SceneObjectKind::kHazard).body, {0, 0, 0}, {1, 0, 0, 0});
  CHECK(test::PositionOf(*gym, SceneObjectKind::kHazard).x() == doctest::Approx(-1.0));
}
