// The buttons over the 3-D view, and the presentation.
#include "ui/panels/frame/bars/view_bar.h"

#include <doctest/doctest.h>

#include <vector>

#include "tests/support/ui_window.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

TEST_CASE("the camera is chosen in words from a menu, and by a key of its own") {
  TestWindow test;
  for (int i = 0; i < kCameraViewCount; ++i) {
    const auto view = static_cast<CameraView>(i);
    CAPTURE(TextOf(view).name);
    test.driver.Click("camera");
    test.driver.Click(Short("camera/%d", i));
    CHECK(test.driver.Find("camera/0") == nullptr);  // the menu is closed
    test.driver.Tap(Chord{.key = static_cast<Key>('1' + i), .alt = true});
    const std::vector<ViewAction> asked = test.window.TakeViewActions();
    REQUIRE(asked.size() == 2);
    CHECK(asked[0] == ActionFor(view));
    CHECK(asked[1] == ActionFor(view));
  }
}

TEST_CASE("the overlays of the view's menu are those of the left panel, and are remembered") {
  TestWindow test(UiWorld::Busy(), {1280, 720});
  test.driver.Click("overlays");
  const bool before = test.world.overlay("hazards");
  test.driver.Click("overlay/hazards");
  CHECK(test.world.overlay("hazards") != before);
  CHECK(test.window.state().settings.overlays.at("hazards") != before);
}

TEST_CASE("pictures and videos are asked for from a menu, a click ends a recording") {
  TestWindow test;
  const auto choose = [&](const char* item) {
    test.driver.Click("pictures");
    test.driver.Click(item);
    return test.window.TakeViewActions();
  };
  CHECK(choose("pictures/view") == std::vector{ViewAction::kScreenshotOfView});
  CHECK(choose("record") == std::vector{ViewAction::kRecord});
  CHECK(choose("screenshot").empty());
  CHECK(test.log.Count<TakeScreenshot>() == 1);
  test.world.recording = {.active = true, .length_s = 75.0};
  test.driver.Frames(2);
  test.driver.Click("pictures");
  CHECK(test.window.TakeViewActions() == std::vector{ViewAction::kRecord});
  test.driver.Tap(Key::kF9);
  CHECK(test.window.TakeViewActions() == std::vector{ViewAction::kRecord});
}

TEST_CASE("any steps of the episode become a video: those on the timeline, typed, or a mark's") {
  TestWindow test;
  test.driver.Click("pictures");
  CHECK(test.window.state().video.episode == EpisodeId{5});
  CHECK(test.window.state().video.first == 0);
  CHECK(test.window.state().video.last == 639);
  test.driver.Click("pictures/first");
  test.driver.Tap(Chord{.key = Key::kA, .ctrl = true});
  test.driver.Type("120");
  test.driver.Tap(Key::kEnter);
  test.driver.Click("pictures/span");
  CHECK(test.window.TakeViewActions() == std::vector{ViewAction::kRecordSpan});
  CHECK(test.window.state().video.first == 120);
  CHECK(test.window.state().video.last == 639);

  test.driver.Click("mark_row/3");
  test.driver.Click("pictures");
  test.driver.Click("pictures/mark");
  CHECK(test.window.TakeViewActions() == std::vector{ViewAction::kRecordSpan});
  CHECK(test.window.state().video.first == 130);
  CHECK(test.window.state().video.last == 158);
}

TEST_CASE("the folder for pictures is remembered") {
  TestWindow test;
  test.driver.Click("pictures");
  test.driver.Click("pictures/folder");
  test.driver.Type("/tmp/here");
  test.driver.Tap(Key::kEnter);
  const LoadedSettings loaded = SettingsFromJson(test.window.SaveSettings());
  CHECK(loaded.warnings.empty());
  CHECK(loaded.settings.pictures_folder == "/tmp/here");
}

TEST_CASE("one key leaves the view, the meters and the timeline, and the same or Esc ends that") {
  TestWindow test;
  const Rect before = test.view;
  for (const Key way_out : {Key::kF8, Key::kEscape}) {
    test.driver.Tap(Key::kF8);
    test.driver.Frames(2);
    CHECK(test.view.width() == 1600.0F);
    CHECK(test.driver.Find("play") == nullptr);
    CHECK(test.driver.Find("tab/marks") == nullptr);
    CHECK(test.driver.Find("timeline") != nullptr);
    test.driver.Tap(way_out);
    test.driver.Frames(2);
    CHECK(test.view.width() == before.width());
  }
  test.driver.Click("presentation");
  test.driver.Click("presentation");
  CHECK(test.view.width() == before.width());
}

TEST_CASE("side panels are shown and hidden by buttons, in a small window one at a time") {
  TestWindow test(UiWorld::Busy(), {640, 360});
  CHECK(test.driver.Find("tab/marks") == nullptr);
  test.driver.Click("right_panel");
  CHECK(test.driver.Find("tab/marks") != nullptr);
  test.driver.Click("left_panel");
  CHECK(test.driver.Find("tab/marks") == nullptr);
  CHECK(test.driver.Find("agent/0") != nullptr);
  CHECK(test.view.width() > 250.0F);
  test.driver.Tap(Key::kTab);
  test.driver.Frames(2);
  CHECK(test.driver.Find("agent/0") == nullptr);
}

}  // namespace
}  // namespace lookout::ui
