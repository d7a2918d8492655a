// What does not fit is told whole.
#include <doctest/doctest.h>
#include <imgui_internal.h>

#include <array>

#include "tests/support/widget_stage.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// What the tooltip of that frame says is not recorded, so its window is looked for.
bool ShowsTooltip() {
  for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows) {
    if (window->Active && (window->Flags & ImGuiWindowFlags_Tooltip) != 0) return true;
  }
  return false;
}

TEST_CASE("a line of parts drops the least important first, and tells the whole in a tooltip") {
  float width = 500.0F;
  const std::array<TextPart, 3> parts{
      {{"Episode 12", 1}, {"a long name of an agent", 2}, {"step 7"}}};
  WidgetStage stage([&] {
    TextParts(parts, width);
    NoteItem("line");
  });
  stage.driver.MoveTo({20, 14});
  CHECK_FALSE(ShowsTooltip());
  for (const float narrow : {150.0F, 60.0F, 20.0F}) {
    CAPTURE(narrow);
    width = narrow;
    stage.driver.Frames(2);
    CHECK(ShowsTooltip());
    const RecordedItem* line = stage.driver.Find("line");
    CHECK(line->max.x - line->min.x <= narrow + 1.0F);
  }
}

TEST_CASE("a word that a button cuts is whole in its tooltip") {
  WidgetStage stage([] {
    Button({.id = "whole", .text = "Short", .width = 200.0F});
    Button({.id = "cut", .text = "A very long text on a button", .width = 60.0F});
  });
  stage.driver.MoveTo(stage.driver.MiddleOf("whole"));
  stage.driver.Frames(40);
  CHECK_FALSE(ShowsTooltip());
  stage.driver.MoveTo(stage.driver.MiddleOf("cut"));
  stage.driver.Frames(40);
  CHECK(ShowsTooltip());
}

TEST_CASE("tabs without room for their words show icons, and say their names under the mouse") {
  float width = 700.0F;
  const std::array<Segment, 3> tabs{{{"a", kIconMark, "Marks"},
                                     {"b", kIconHelp, "A tab of many words"},
                                     {"c", kIconCompare, "Another one of them"}}};
  WidgetStage stage([&] {
    const ScopedChild child("tabs", {width, 60.0F});
    Tabs(tabs, 0);
  });
  stage.driver.MoveTo(stage.driver.MiddleOf("b"));
  stage.driver.Frames(40);
  CHECK_FALSE(ShowsTooltip());
  width = 160.0F;
  stage.driver.Frames(2);
  stage.driver.MoveTo(stage.driver.MiddleOf("b"));
  stage.driver.Frames(40);
  CHECK(ShowsTooltip());
}

}  // namespace
}  // namespace lookout::ui
