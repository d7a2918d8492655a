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

}  // namespace
}  // namespace lookout::ui
