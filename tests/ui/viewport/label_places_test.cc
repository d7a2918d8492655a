#include "ui/viewport/label_places.h"

#include <doctest/doctest.h>

#include "tests/support/widget_stage.h"

namespace lookout::ui {
namespace {

TEST_CASE("labels at the top of the view do not lie under its buttons") {
  const WidgetStage stage([] {
    const ViewRect wide{{0, 0}, {900, 500}};
    CHECK(PlaceAtTop(wide, 200, 80, 240).x == 350);  // its middle
    const ViewRect narrow{{100, 50}, {630, 400}};
    const ImVec2 beside = PlaceAtTop(narrow, 180, 80, 240);
    CHECK(beside.x + 180 <= 630 - 240);
    CHECK(beside.x >= 180);
    const ImVec2 below = PlaceAtTop(narrow, 260, 80, 240);
    CHECK(below.y > beside.y + 30);
    CHECK(below.x < 180);
  });
}

TEST_CASE("what stands at the left of the view makes room for the rows of labels") {
  const WidgetStage stage([] {
    const ViewRect narrow{{0, 90}, {349, 333}};
    const ImVec2 below = PlaceAtTop(narrow, 240, 115, 120);
    REQUIRE(below.y > narrow.min.y + 40);           // a second row
    CHECK(ReachesLabels(below.y + 20.0F, narrow));  // which a legend there would lie under
    CHECK(ReachesLabels(160.0F, narrow));
    CHECK_FALSE(ReachesLabels(172.0F, narrow));
    const ViewRect wide{{0, 90}, {900, 333}};
    CHECK(ReachesLabels(120.0F, wide));
    CHECK_FALSE(ReachesLabels(160.0F, wide));
  });
}

}  // namespace
}  // namespace lookout::ui
