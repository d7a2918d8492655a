// Menus and forms by mouse and keyboard.
#include <doctest/doctest.h>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

struct MenuWindow : TestWindow {
  // As the desktop does before each frame.
  void Tap(Key key) {
    window.PrepareFrame(1.0F);
    driver.KeyDown(Chord{key});
    window.PrepareFrame(1.0F);
    driver.KeyUp(Chord{key});
  }
};

TEST_CASE("a click beside an open menu closes it and does what it was meant for") {
  TestWindow test;
  test.driver.Click("speed");
  REQUIRE(test.driver.Find("speed/0") != nullptr);
  test.driver.Click("play");
  CHECK(test.driver.Find("speed/0") == nullptr);
  CHECK(test.log.Count<SetPlaying>() == 1);
  test.driver.Click("camera");
  test.driver.ClickAt({test.view.min.x + 40.0F, test.view.max.y - 40.0F});
  CHECK(test.driver.Find("camera/0") == nullptr);
}

TEST_CASE("what opened a menu closes it again") {
  TestWindow test;
  for (const auto& [opener, item] : {std::pair{"speed", "speed/0"}, {"camera", "camera/0"}}) {
    CAPTURE(opener);
    const ImVec2 at = test.driver.MiddleOf(opener);
    test.driver.ClickAt(at);
    CHECK(test.driver.Find(item) != nullptr);
    test.driver.ClickAt(at);
    CHECK(test.driver.Find(item) == nullptr);
    test.driver.ClickAt(at);
    CHECK(test.driver.Find(item) != nullptr);
    test.driver.ClickAt(at);
  }
}

TEST_CASE("the arrows and Enter choose in an open menu") {
  MenuWindow test;
  test.driver.Click("camera");
  test.Tap(Key::kDown);
  test.Tap(Key::kDown);
  test.Tap(Key::kEnter);
  test.driver.Frames(2);
  const std::vector<ViewAction> asked = test.window.TakeViewActions();
  REQUIRE(asked.size() == 1);
  CHECK(asked[0] != ViewAction::kFreeCamera);
  CHECK(test.driver.Find("camera/0") == nullptr);
  test.driver.Click("speed");
  test.Tap(Key::kDown);
  test.Tap(Key::kDown);
  test.Tap(Key::kEnter);
  test.driver.Frames(2);
  CHECK(test.log.Count<SetSpeed>() == 1);
  CHECK(test.driver.Find("speed/0") == nullptr);
}

TEST_CASE("the arrows go through a list from the row that was clicked, and Enter clicks") {
  TestWindow test;
  test.driver.Click("agent/0");
  test.driver.Tap(Key::kDown);
  test.driver.Frames(2);
  test.driver.Tap(Key::kDown);
  test.driver.Frames(2);
  test.driver.Tap(Key::kEnter);
  REQUIRE(test.log.Last<SetAgent>() != nullptr);
  CHECK(test.log.Last<SetAgent>()->kind == AgentKind::kCareful);
  test.driver.Tap(Key::kUp);
  test.driver.Frames(2);
  test.driver.Tap(Key::kUp);
  test.driver.Frames(2);
  test.driver.Tap(Key::kEnter);
  CHECK(test.log.Last<SetAgent>()->kind == AgentKind::kRandom);
}

TEST_CASE("Tab stays in a form while one of its fields was used last") {
  TestWindow test;
  const float before = test.view.width();
  test.driver.Click("seed");
  test.driver.Type("3");
  test.driver.Tap(Key::kEnter);
  test.driver.Tap(Key::kTab);
  test.driver.Frames(2);
  CHECK(test.view.width() == before);
  test.driver.ClickAt({test.view.min.x + 200.0F, test.view.max.y - 40.0F});
  test.driver.Tap(Key::kTab);
  test.driver.Frames(2);
  CHECK(test.view.width() > before);
}

}  // namespace
}  // namespace lookout::ui
