// The mouse and the cameras of the 3-D view.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "tests/ui/viewport/scene_view_fixture.h"

namespace lookout::ui {

TEST_CASE("a click picks the robot, and the floor beside it is nothing") {
  ViewTest test;
  if (!test) return;
  test.Picture();
  const Eigen::Vector3d robot = test.episode.gym().robot_position_in_world();
  const auto at = *test.view->matrices().Project(robot.cast<float>());
  const auto hit = test.view->Pick(at.x(), at.y());
  REQUIRE(hit.has_value());
  CHECK(hit->body == test.episode.scene()->scene.robot_body);
  CHECK((hit->point_in_world - robot).norm() < 0.13);

  MouseInput click;
  click.double_left = true;
  click.x = at.x();
  click.y = at.y();
  CHECK_FALSE(test.view->HandleMouse(click, true).has_value());
  CHECK(test.view->selected_body() == test.episode.scene()->scene.robot_body);
  click.y = 0.98;
  test.view->HandleMouse(click, true);
  CHECK(test.view->selected_body() == 0);
}

TEST_CASE("dragging a selected body moves it while paused and pushes it while running") {
  ViewTest test;
  if (!test) return;
  test.Picture();
  const Eigen::Vector3d robot = test.episode.gym().robot_position_in_world();
  const auto at = *test.view->matrices().Project(robot.cast<float>());
  MouseInput mouse;
  mouse.double_left = true;
  mouse.x = at.x();
  mouse.y = at.y();
  test.view->HandleMouse(mouse, true);

  mouse = {};
  mouse.ctrl = mouse.right = mouse.shift = true;
  mouse.dx = 0.1;
  const auto moved = test.view->HandleMouse(mouse, true);
  REQUIRE(moved.has_value());
  REQUIRE(std::holds_alternative<MoveBody>(*moved));
  const auto& pose = std::get<MoveBody>(*moved);
  CHECK(pose.body == test.episode.scene()->scene.robot_body);
  CHECK(pose.position_in_world.x() > robot.x() + 0.05);
  CHECK(pose.position_in_world.y() == doctest::Approx(robot.y()).epsilon(0.01));

  const auto pushed = test.view->HandleMouse(mouse, false);
  REQUIRE(pushed.has_value());
  REQUIRE(std::holds_alternative<SetPerturbation>(*pushed));
  CHECK(std::get<SetPerturbation>(*pushed).perturbation.force_n.x() > 0.0);

  const auto released = test.view->HandleMouse({}, false);
  REQUIRE(released.has_value());
  CHECK(std::get<SetPerturbation>(*released).perturbation == sim::Perturbation{});
  CHECK_FALSE(test.view->HandleMouse({}, false).has_value());
}

TEST_CASE("dragging orbits, the wheel zooms, and Home undoes both") {
  ViewTest test;
  if (!test) return;
  const RgbImage home = test.Picture(Plain());
  const double azimuth = test.view->camera().state().azimuth;
  const double distance = test.view->camera().state().distance;
  MouseInput drag;
  drag.left = true;
  drag.dx = 0.2;
  test.view->HandleMouse(drag, false);
  CHECK(test.view->camera().state().azimuth < azimuth - 10);
  MouseInput wheel;
  wheel.wheel = -2;
  test.view->HandleMouse(wheel, false);
  CHECK(test.view->camera().state().distance < distance);
  CHECK(FractionDifferent(home, test.Picture(Plain())) > 0.1);
  test.view->camera().Home();
  CHECK(FractionDifferent(home, test.Picture(Plain())) == 0.0);
}

TEST_CASE("cameras go round in a circle and the tracking one follows the robot") {
  ViewTest test;
  if (!test) return;
  test.Picture(Plain());
  const int cameras = test.view->world().model()->ncam;
  REQUIRE(cameras > 0);
  std::vector<std::string> names;
  for (int i = 0; i <= cameras; ++i) {
    names.push_back(test.view->CameraName());
    test.view->CycleCamera(1);
  }
  CHECK(test.view->CameraName() == names.front());
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == names.size());

  test.view->TrackRobot();
  for (const double x : {-1.0, 1.0}) {
    test.episode.MoveRobot(x, 0.5);
    int frames = 0;  // MuJoCo lets the camera glide
    while (test.view->Render(test.episode.Input(), Plain(), kSize)) REQUIRE(++frames < 500);
    const Eigen::Vector2f at = PixelOf(*test.view, {x, 0.5, 0.1});
    CHECK(at.x() == doctest::Approx(0.5 * kSize.width).epsilon(0.05));
  }
}

}  // namespace lookout::ui
