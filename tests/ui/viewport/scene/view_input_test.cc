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
  test.view->camera().Show(CameraView::kWholeArena);
  CHECK(FractionDifferent(home, test.Picture(Plain())) == 0.0);
}

TEST_CASE("cameras go round in a circle, in words, and the following one keeps the robot") {
  ViewTest test;
  if (!test) return;
  test.Picture(Plain());
  std::set<std::string> names;
  for (int i = 0; i < kCameraViewCount; ++i) {
    CHECK(test.view->camera().view() == static_cast<CameraView>(i));
    names.insert(test.view->CameraName());
    test.view->camera().Cycle(1);
    test.Picture(Plain());
  }
  CHECK(test.view->camera().view() == CameraView::kWholeArena);
  CHECK(names.size() == kCameraViewCount);
  test.view->camera().Cycle(-1);
  CHECK(test.view->camera().view() == CameraView::kFree);

  test.view->camera().Show(CameraView::kFollow);
  for (const double x : {-1.0, 1.0}) {
    test.episode.MoveRobot(x, 0.5);
    int frames = 0;  // MuJoCo lets the camera glide
    while (test.view->Render(test.episode.Input(), Plain(), kSize)) REQUIRE(++frames < 500);
    const Eigen::Vector2f at = PixelOf(*test.view, {x, 0.5, 0.1});
    CHECK(at.x() == doctest::Approx(0.5 * kSize.width).epsilon(0.05));
  }
}

TEST_CASE("the whole arena and the view from above keep a robot that has left the arena") {
  ViewTest test;
  if (!test) return;
  for (const CameraView view : {CameraView::kWholeArena, CameraView::kTop}) {
    CAPTURE(TextOf(view).name);
    test.view->camera().Show(view);
    for (const auto& [x, y] : {std::pair{0.0, 0.0}, {5.0, -3.0}, {-9.0, 12.0}}) {
      test.episode.MoveRobot(x, y);
      test.Picture(Plain());
      const Eigen::Vector2f at = PixelOf(*test.view, {x, y, 0.1});
      CHECK(at.x() > 0.0F);
      CHECK(at.x() < kSize.width);
      CHECK(at.y() > 0.0F);
      CHECK(at.y() < kSize.height);
    }
  }
}

TEST_CASE("turning keeps following, dragging frees the camera, the robot's eye is not moved") {
  ViewTest test;
  if (!test) return;
  test.Picture(Plain());
  ViewCamera& camera = test.view->camera();
  const auto drag = [&](bool right) {
    MouseInput input;
    input.left = !right;
    input.right = right;
    input.dx = 0.2;
    test.view->HandleMouse(input, false);
    test.Picture(Plain());
  };
  camera.Show(CameraView::kFollow);
  test.Picture(Plain());
  drag(false);
  CHECK(camera.view() == CameraView::kFollow);
  drag(true);
  CHECK(camera.view() == CameraView::kFree);
  camera.Show(CameraView::kRobotEye);
  const RgbImage seen = test.Picture(Plain());
  CHECK(camera.state().type == mjCAMERA_FIXED);
  drag(false);
  CHECK(camera.view() == CameraView::kRobotEye);
  CHECK(FractionDifferent(seen, test.Picture(Plain())) == 0.0);
}

TEST_CASE("nothing that is drawn round the robot stands before its own eye") {
  ViewTest test;
  if (!test) return;
  test.Picture();
  test.view->camera().Show(CameraView::kRobotEye);
  ViewOptions bare;
  bare.overlays.lidar = bare.overlays.velocity = bare.overlays.action = false;
  bare.overlays.trail = false;
  const RgbImage seen = test.Picture(bare);
  CHECK(FractionDifferent(seen, test.Picture()) == 0.0);
}

}  // namespace lookout::ui
