#include "ui/panels/frame/key_overlay.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/support/ui_window.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

TEST_CASE("no entry of the key list is cut, and where it does not fit it scrolls") {
  for (const ImVec2 size : {ImVec2{800, 500}, ImVec2{1280, 720}, ImVec2{1600, 900}}) {
    CAPTURE(size.x);
    TestWindow test(UiWorld::Busy(), size);
    test.window.state().keys.shown = true;
    test.driver.Frames(3);
    for (const Action& action : Actions()) {
      CAPTURE(action.name);
      const RecordedItem* row = test.driver.Find("key/" + std::string(action.name));
      REQUIRE(row != nullptr);
      const std::string listed =
          KeyListText(action, test.window.state().keymap, test.world.marks.danger_classes());
      const float text = TextSize(listed, CurrentFonts().body).x;
      const float cap = KeyCapWidth(test.window.state().keymap.text(action.id));
      CHECK(row->max.x - row->min.x >= text + cap + 20.0F);
      CHECK(row->max.x <= row->clip_max.x + 1.0F);
      const bool visible = row->min.y >= row->clip_min.y && row->max.y <= row->clip_max.y + 1.0F;
      CHECK((visible || row->scrolls));
      if (size.y >= 900) CHECK(visible);
    }
  }
}

TEST_CASE("a key that does two things is listed with the mode of each") {
  Keymap keymap;
  const agents::DangerClasses classes;
  const auto text = [&](ActionId id) { return KeyListText(ActionOf(id), keymap, classes); };
  CHECK(text(ActionId::kLoop) == "Loop the selected span (Mark)");
  CHECK(text(ActionId::kLidar) == "Lidar halos (View)");
  keymap.Bind(ActionId::kLidar, Chord{Key::kF9});
  CHECK(text(ActionId::kLoop) == "Loop the selected span");
  CHECK(text(ActionId::kUndo) == "Undo");
}

}  // namespace
}  // namespace lookout::ui
