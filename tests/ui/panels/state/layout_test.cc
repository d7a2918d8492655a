#include "ui/panels/state/layout.h"

#include <doctest/doctest.h>

#include <array>
#include <string>

namespace lookout::ui {
namespace {

void CheckInside(const Rect& rect, const LayoutInput& input) {
  if (rect.empty()) return;
  CHECK(rect.min.x >= 0.0F);
  CHECK(rect.min.y >= 0.0F);
  CHECK(rect.max.x <= input.width_px + 0.01F);
  CHECK(rect.max.y <= input.height_px + 0.01F);
}

bool Overlap(const Rect& a, const Rect& b) {
  if (a.empty() || b.empty()) return false;
  return a.min.x < b.max.x - 0.01F && b.min.x < a.max.x - 0.01F && a.min.y < b.max.y - 0.01F &&
         b.min.y < a.max.y - 0.01F;
}

TEST_CASE("regions fill the window without overlapping, at every size and scale") {
  for (const float width : {320.0F, 800.0F, 1280.0F, 3840.0F}) {
    for (const float height : {240.0F, 720.0F, 2160.0F}) {
      for (const float scale : {0.75F, 1.0F, 2.0F}) {
        const LayoutInput input{width, height, scale, 180.0F * scale, 62.0F * scale};
        const LayoutRects rects = ComputeLayout({}, input);
        CAPTURE(width);
        CAPTURE(height);
        CAPTURE(scale);
        const std::array regions{rects.toolbar,     rects.left,          rects.right,
                                 rects.meters,      rects.comparison,    rects.view,
                                 rects.timeline,    rects.status,        rects.left_split,
                                 rects.right_split, rects.timeline_split};
        for (std::size_t i = 0; i < regions.size(); ++i) {
          CheckInside(regions[i], input);
          for (std::size_t j = i + 1; j < regions.size(); ++j) {
            CHECK_FALSE(Overlap(regions[i], regions[j]));
          }
        }
        CHECK(rects.view.height() > 0.0F);
        CHECK(rects.view.width() > 0.0F);
      }
    }
  }
}

TEST_CASE("at 1280 x 720 the view keeps more than half of the width and half of the height") {
  const LayoutRects rects = ComputeLayout({}, {1280, 720, 1.0F, 160.0F});
  CHECK(rects.view.width() >= 640.0F);
  CHECK(rects.view.height() >= 360.0F);
  CHECK_FALSE(rects.narrow);
}

TEST_CASE("in a narrow window one side panel gives way to the other") {
  LayoutSettings settings;
  const LayoutInput input{1280, 720, 2.0F, 320.0F};
  CHECK(ComputeLayout(settings, input).narrow);
  CHECK(ComputeLayout(settings, input).left.empty());
  ToggleLeft(settings, true);
  CHECK_FALSE(ComputeLayout(settings, input).left.empty());
  CHECK(ComputeLayout(settings, input).right.empty());
  ToggleRight(settings, true);
  CHECK(ComputeLayout(settings, input).left.empty());
  CHECK_FALSE(ComputeLayout(settings, input).right.empty());
}

TEST_CASE("what was arranged survives as text") {
  LayoutSettings settings;
  settings.left_px = 301.0F;
  settings.timeline_px = 260.0F;
  settings.right_shown = false;
  CHECK(LayoutFromString(ToString(settings)) == settings);
}

TEST_CASE("garbage gives the default layout") {
  for (const std::string text :
       {"", "null", "[1,2]", "{\"left_px\": \"wide\"}", "{\"left_px\": null, \"left_shown\": 3}",
        "{{{{", "\xFF\xFE", "{\"timeline_px\": {}}"}) {
    CAPTURE(text);
    CHECK(LayoutFromString(text) == LayoutSettings{});
  }
  CHECK(LayoutFromString(std::string(100'000, '[')) == LayoutSettings{});
}

TEST_CASE("lengths out of range are brought back") {
  const LayoutSettings settings =
      LayoutFromString(R"({"left_px": 1e30, "right_px": -5, "timeline_px": 1e9})");
  CHECK(settings.left_px <= 640.0F);
  CHECK(settings.right_px >= 100.0F);
  CHECK(settings.timeline_px <= 2000.0F);
}

TEST_CASE("dragging a border moves it by the same distance on the screen") {
  LayoutSettings settings;
  const LayoutInput input{2560, 1440, 2.0F, 300.0F};
  const LayoutRects before = ComputeLayout(settings, input);
  DragLeft(settings, 40.0F, 2.0F);
  DragRight(settings, -60.0F, 2.0F);
  DragTimeline(settings, -50.0F, before.timeline.height(), 2.0F);
  const LayoutRects after = ComputeLayout(settings, input);
  CHECK(after.left.max.x - before.left.max.x == doctest::Approx(40));
  CHECK(before.right.min.x - after.right.min.x == doctest::Approx(60));
  CHECK(after.timeline.height() - before.timeline.height() == doctest::Approx(50).epsilon(0.05));
}

}  // namespace
}  // namespace lookout::ui
