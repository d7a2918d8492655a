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

TEST_CASE("tabs keep their places whichever is selected, and no word is cut") {
  const std::array<Segment, 3> tabs{{{"a", kIconMark, "Marks"},
                                     {"b", kIconHelp, "A tab of many words"},
                                     {"c", kIconCompare, "Another one of them"}}};
  float width = 0.0F;
  int selected = 0;
  WidgetStage stage([&] {
    const ScopedChild child("tabs", {width, 90.0F});
    Tabs(tabs, selected);
  });
  for (const float of : {560.0F, 240.0F, 160.0F}) {
    width = of;
    selected = 0;
    stage.driver.Frames(2);
    std::array<ImVec2, 3> places;
    for (std::size_t i = 0; i < tabs.size(); ++i) {
      places[i] = stage.driver.MiddleOf(tabs[i].id);
      const RecordedItem& tab = *stage.driver.Find(tabs[i].id);
      CHECK(tab.max.x - tab.min.x >= TextSize(tabs[i].text, CurrentFonts().small).x + 7.0F);
      CHECK(tab.max.x <= tab.clip_max.x + 1.0F);
    }
    selected = 1;
    stage.driver.Frames(2);
    for (std::size_t i = 0; i < tabs.size(); ++i) {
      CHECK(stage.driver.MiddleOf(tabs[i].id).x == places[i].x);
      CHECK(stage.driver.MiddleOf(tabs[i].id).y == places[i].y);
    }
  }
}

}  // namespace
}  // namespace lookout::ui
