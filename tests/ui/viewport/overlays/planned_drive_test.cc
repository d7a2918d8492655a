#include <doctest/doctest.h>

#include <Eigen/Geometry>
#include <cmath>

#include "tests/ui/viewport/view_support.h"
#include "ui/viewport/overlays/painted_overlays.h"

namespace lookout::ui {
namespace {

// Where the arrow's last corner lies, along the robot's heading and to its left.
Eigen::Vector2d TipOf(const PlannedDrive& drive) {
  LiveEpisode episode;
  ViewWorld world;
  world.Show(episode.scene(), *episode.now().state);
  PaintList list;
  PaintPlanned(world, drive, list);
  REQUIRE_FALSE(list.triangles.empty());
  CHECK(list.discs.empty());
  const int robot = episode.scene()->scene.robot_body;
  Eigen::Vector3d far = Eigen::Vector3d::Zero();
  for (const PaintVertex& corner : list.triangles) {
    const Eigen::Vector3d away = corner.position.cast<double>() - world.BodyPosition(robot);
    if (away.head<2>().norm() > far.head<2>().norm()) far = away;
  }
  return (world.WorldFromBody(robot).transpose() * far).head<2>();
}

TEST_CASE("the arrow of a planned drive goes where the robot would") {
  CHECK(TipOf({.forward = 1.0}).x() > 0.7);
  CHECK(std::abs(TipOf({.forward = 1.0}).y()) < 0.05);
  CHECK(TipOf({.forward = -1.0}).x() < -0.7);
  CHECK(TipOf({.forward = 1.0, .turn = 1.0}).y() > 0.2);
  CHECK(TipOf({.forward = 1.0, .turn = -1.0}).y() < -0.2);
  CHECK(TipOf({.forward = 0.5}).x() < TipOf({.forward = 1.0}).x());
  TipOf({.turn = 1.0});  // an arc on the spot
}

TEST_CASE("a drive that stands still is a ring round the robot") {
  LiveEpisode episode;
  ViewWorld world;
  world.Show(episode.scene(), *episode.now().state);
  PaintList list;
  PaintPlanned(world, {}, list);
  CHECK(list.triangles.empty());
  REQUIRE(list.discs.size() == 1);
  list.Clear();
  ViewOptions options;
  options.overlays = {};
  const ViewInput input = episode.Input();
  PaintOverlays(input, options, world, 0, list);
  const std::size_t without = list.discs.size();
  options.planned = PlannedDrive{};
  list.Clear();
  PaintOverlays(input, options, world, 0, list);
  CHECK(list.discs.size() == without + 1);
}

}  // namespace
}  // namespace lookout::ui
