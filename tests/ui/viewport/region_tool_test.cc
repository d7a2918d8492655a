#include "ui/viewport/region_tool.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/support/ui_driver.h"
#include "tests/support/ui_world.h"

namespace lookout::ui {
namespace {

// From above, slightly tilted.
ViewMatrices Above() {
  mjvGLCamera camera{};
  camera.pos[2] = 4.0F;
  camera.pos[1] = -2.0F;
  const Eigen::Vector3f forward = Eigen::Vector3f(0.0F, 2.0F, -4.0F).normalized();
  const Eigen::Vector3f up = Eigen::Vector3f(0.0F, 4.0F, 2.0F).normalized();
  for (int i = 0; i < 3; ++i) {
    camera.forward[i] = forward[i];
    camera.up[i] = up[i];
  }
  camera.frustum_near = 0.1F;
  camera.frustum_far = 50.0F;
  camera.frustum_top = 0.05F;
  camera.frustum_bottom = -0.05F;
  return MatricesOf(camera, 1.5F);
}

struct Tool {
  UiWorld world = UiWorld(10);
  RegionDraft draft{.shown = true};
  CommandLog log;

  // The mouse over that place, with the left button down or up.
  MouseInput At(double x, double y, bool left, bool twice = false) {
    const MouseInput mouse{.left = left, .right = true, .double_left = twice};
    return DrawWithMouse(mouse, Eigen::Vector2d(x, y), *world.View().shown_episode(), 7, draft,
                         log);
  }
  const agents::Region* drawn() const {
    const auto* command = log.Last<DrawRegion>();
    return command == nullptr ? nullptr : &command->region;
  }
};

TEST_CASE("the floor below the mouse is where a point of it lands in the picture") {
  const ViewMatrices matrices = Above();
  for (const Eigen::Vector2d& place : {Eigen::Vector2d(0.0, 0.0), Eigen::Vector2d(0.8, -0.6)}) {
    const auto at = matrices.Project({float(place.x()), float(place.y()), 0.0F});
    REQUIRE(at);
    const auto floor = FloorAt(matrices, double(at->x()), double(at->y()));
    REQUIRE(floor);
    CHECK((*floor - place).norm() < 1e-3);
  }
  ViewMatrices level = matrices;  // looks along the floor
  level.view_from_world = Eigen::Matrix4f::Identity();
  level.view_from_world(1, 1) = 0.0F;
  level.view_from_world(1, 2) = 1.0F;
  level.view_from_world(2, 2) = 0.0F;
  level.view_from_world(2, 1) = -1.0F;
  CHECK_FALSE(FloorAt(level, 0.5, 0.1));
}

TEST_CASE("a disc is dragged from its centre, a slip of the hand is none") {
  Tool tool;
  CHECK(tool.At(1.0, 1.0, true).right);  // the camera keeps the other buttons
  CHECK_FALSE(tool.At(1.3, 1.4, true).left);
  CHECK(tool.draft.Region().radius_m == doctest::Approx(0.5));
  tool.At(1.3, 1.4, false);
  REQUIRE(tool.drawn() != nullptr);
  CHECK(tool.drawn()->points == std::vector{1.0, 1.0});
  CHECK(tool.drawn()->radius_m == doctest::Approx(0.5));
  CHECK(tool.drawn()->step == 7);
  CHECK_FALSE(tool.drawn()->layout.empty());
  CHECK(tool.draft.points.empty());
  tool.At(2.0, 2.0, true);
  tool.At(2.01, 2.0, false);
  CHECK(tool.log.Count<DrawRegion>() == 1);
}

TEST_CASE("a rectangle is dragged, a polygon clicked and closed at its first corner") {
  Tool tool;
  tool.draft.shape = agents::RegionShape::kRectangle;
  tool.draft.verdict = agents::Verdict::kSafe;
  tool.At(0.0, 0.0, true);
  tool.At(1.0, -2.0, true);
  tool.At(1.0, -2.0, false);
  REQUIRE(tool.drawn() != nullptr);
  CHECK(tool.drawn()->points == std::vector{0.0, 0.0, 1.0, -2.0});
  CHECK(tool.drawn()->verdict == agents::Verdict::kSafe);

  tool.draft.shape = agents::RegionShape::kPolygon;
  const auto click = [&](double x, double y) {
    tool.At(x, y, true);
    tool.At(x, y, false);
  };
  click(0.0, 0.0);
  click(1.0, 0.0);
  tool.At(1.0, 0.5, false);  // the last point follows the mouse
  CHECK(tool.draft.points == std::vector{0.0, 0.0, 1.0, 0.0, 1.0, 0.5});
  click(1.0, 1.0);
  CHECK(tool.log.Count<DrawRegion>() == 1);
  click(0.02, 0.02);
  REQUIRE(tool.log.Count<DrawRegion>() == 2);
  CHECK(tool.drawn()->points == std::vector{0.0, 0.0, 1.0, 0.0, 1.0, 1.0});
}

TEST_CASE("regions of this layout and rules are shown, those switched off or elsewhere are not") {
  UiWorld world(10);
  const auto add = [&](agents::Region region) {
    agents::FeedbackRecord record;
    region.episode = world.playhead.episode;
    SetContent(region, record);
    world.marks.AddRecord(record);
  };
  Tool tool;
  tool.At(0.0, 0.0, true);
  tool.At(1.0, 0.0, false);
  const agents::Region here = *tool.drawn();
  add(here);
  agents::Region other = here;
  other.on = false;
  add(other);
  other = here;
  other.layout = "elsewhere";
  add(other);
  add({.shape = agents::RegionShape::kAround, .radius_m = 0.5, .around = "hazard"});
  RegionsShown shown;
  shown.Update(world.View(), {});
  CHECK(shown.regions().size() == 2);
  const std::int64_t version = shown.version();
  shown.Update(world.View(), {});
  CHECK(shown.version() == version);
  RegionDraft rule{.shown = true, .shape = agents::RegionShape::kAround, .around = "vase"};
  shown.Update(world.View(), rule);
  CHECK(shown.regions().size() == 3);
  CHECK(shown.version() != version);
}

}  // namespace
}  // namespace lookout::ui
