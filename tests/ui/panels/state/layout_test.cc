#include "ui/panels/state/settings/layout.h"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <utility>

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

float AreaShare(const LayoutRects& rects, const LayoutInput& input) {
  return rects.view.width() * rects.view.height() / (input.width_px * input.height_px);
}

TEST_CASE("by default the view has about half of the window, from a laptop's to a wide screen") {
  for (const auto& [width, height] :
       {std::pair{1280.0F, 720.0F}, {1366.0F, 768.0F}, {1920.0F, 1080.0F}, {2560.0F, 1440.0F}}) {
    CAPTURE(width);
    const LayoutInput input{width, height, 1.0F, 196.0F};
    const LayoutRects rects = ComputeLayout({}, input);
    CHECK(AreaShare(rects, input) >= 0.48F);
    CHECK(rects.timeline.height() >= 120.0F);
    CHECK_FALSE(rects.right.empty());
  }
}

TEST_CASE("between two side panels the timeline keeps its rows, unless it needs less") {
  LayoutInput input{1600.0F, 900.0F, 1.0F, 196.0F};
  const LayoutRects rects = ComputeLayout({}, input);
  REQUIRE_FALSE(rects.left.empty());
  REQUIRE_FALSE(rects.right.empty());
  CHECK(rects.timeline.height() >= 165.0F);
  CHECK(AreaShare(rects, input) >= 0.45F);
  const LayoutRects large_text = ComputeLayout({}, {1280.0F, 720.0F, 1.5F, 300.0F});
  CHECK(large_text.timeline.height() >= 1.5F * 114.0F);
  CHECK(large_text.view.height() > 1.8F * large_text.timeline.height());
  input.timeline_needs_px = 80.0F;
  CHECK(ComputeLayout({}, input).timeline.height() == 126.0F);
  LayoutSettings arranged;
  arranged.timeline_px = 130.0F;
  CHECK(ComputeLayout(arranged, input).timeline.height() == 130.0F);
}

TEST_CASE("panels grow with the window, but not one that a person arranged") {
  const LayoutRects small = ComputeLayout({}, {1920, 1080});
  const LayoutRects large = ComputeLayout({}, {2560, 1440});
  CHECK(large.left.width() > 1.2F * small.left.width());
  CHECK(large.right.width() > 1.2F * small.right.width());
  LayoutSettings arranged;
  arranged.left_px = 300.0F;
  CHECK(ComputeLayout(arranged, {2560, 1440}).left.width() == 300.0F);
}

TEST_CASE("small windows give the view nearly half, and the panels only when they are asked for") {
  for (const auto& [width, height] : {std::pair{800.0F, 500.0F}, {640.0F, 360.0F}}) {
    CAPTURE(width);
    LayoutInput input{width, height, 1.0F, 160.0F};
    const bool on_request = width < 720.0F;
    const LayoutRects rects = ComputeLayout({}, input);
    CHECK(rects.left.empty());
    CHECK(rects.right.empty() == on_request);
    CHECK(AreaShare(rects, input) > (on_request ? 0.45F : 0.3F));
    if (!on_request) continue;
    LayoutSettings settings;
    ToggleRight(settings, input.small_side, rects.room);
    CHECK(settings == LayoutSettings{});
    CHECK_FALSE(ComputeLayout(settings, input).right.empty());
    ToggleLeft(settings, input.small_side, rects.room);
    CHECK(ComputeLayout(settings, input).right.empty());
    CHECK_FALSE(ComputeLayout(settings, input).left.empty());
  }
}

TEST_CASE("a presentation is the view, the meters and the timeline") {
  const LayoutInput input{.width_px = 1280, .height_px = 720, .presenting = true};
  const LayoutRects rects = ComputeLayout({}, input);
  for (const Rect& hidden : {rects.toolbar, rects.left, rects.right, rects.status}) {
    CHECK(hidden.empty());
  }
  CHECK(rects.view.width() == 1280.0F);
  CHECK_FALSE(rects.meters.empty());
  CHECK_FALSE(rects.timeline.empty());
  CHECK(AreaShare(rects, input) > 0.7F);
}

TEST_CASE("where one side panel fits it gives way to the other") {
  LayoutSettings settings;
  LayoutInput input{2000, 1200, 2.0F, 320.0F};
  const auto rects = [&] { return ComputeLayout(settings, input); };
  REQUIRE(rects().room == WindowRoom::kOne);
  CHECK(rects().left.empty());
  ToggleLeft(settings, input.small_side, WindowRoom::kOne);
  CHECK_FALSE(rects().left.empty());
  CHECK(rects().right.empty());
  ToggleRight(settings, input.small_side, WindowRoom::kOne);
  CHECK(rects().left.empty());
  CHECK_FALSE(rects().right.empty());
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
  const LayoutInput input{3200, 2000, 2.0F, 300.0F};
  const LayoutRects before = ComputeLayout(settings, input);
  DragLeft(settings, 40.0F, before.left.width(), 2.0F);
  DragRight(settings, -60.0F, before.right.width(), 2.0F);
  DragTimeline(settings, -50.0F, before.timeline.height(), 2.0F);
  const LayoutRects after = ComputeLayout(settings, input);
  CHECK(after.left.max.x - before.left.max.x == doctest::Approx(40));
  CHECK(before.right.min.x - after.right.min.x == doctest::Approx(60));
  CHECK(after.timeline.height() - before.timeline.height() == doctest::Approx(50).epsilon(0.05));
}

}  // namespace
}  // namespace lookout::ui
