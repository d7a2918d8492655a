// What the program tells: over the view, and in the list of messages.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

void Tell(TestWindow& test, NoticeLevel level, const std::string& text, std::int64_t id) {
  test.world.notices.push_back({level, text, id, 0.0, 1'700'000'000'000});
  test.world.messages.push_back(test.world.notices.back());
  test.driver.Frames(2);
}

int Shown(const TestWindow& test) {
  int shown = 0;
  for (const RecordedItem& item : test.driver.items()) shown += item.label == "dismiss" ? 1 : 0;
  return shown;
}

TEST_CASE("a notice is dismissed by a click anywhere on it, a failed worker stays") {
  TestWindow test;
  Tell(test, NoticeLevel::kWarning, "The font is missing", 9);
  test.world.player.failure = "the model would not compile";
  test.driver.Frames(2);
  const Rect before = test.view;
  const RecordedItem* notice = test.driver.Find("dismiss");
  REQUIRE(notice != nullptr);
  test.driver.ClickAt({notice->min.x + 60.0F, notice->min.y + 10.0F});
  CHECK(test.view.min.y == before.min.y);
  REQUIRE(test.log.Last<DismissNotice>() != nullptr);
  CHECK(test.log.Last<DismissNotice>()->id == 9);
  CHECK(test.log.Count<DismissNotice>() == 1);
  test.world.notices.clear();
  test.driver.Frames(2);
  CHECK(test.driver.Find("dismiss") == nullptr);
}

TEST_CASE("Escape takes note of all notices before it frees the camera") {
  TestWindow test;
  Tell(test, NoticeLevel::kInfo, "saved", 1);
  Tell(test, NoticeLevel::kError, "broken", 2);
  test.driver.Tap(Key::kEscape);
  CHECK(test.log.Count<DismissNotice>() == 2);
  CHECK(test.window.TakeViewActions().empty());
  test.world.notices.clear();
  test.driver.Tap(Key::kEscape);
  CHECK(test.window.TakeViewActions() == std::vector{ViewAction::kFreeCamera});
}

TEST_CASE("notices move nothing and leave the middle of the view free, however many and long") {
  for (const ImVec2 size : {ImVec2{1600, 900}, ImVec2{1280, 720}, ImVec2{800, 500}}) {
    CAPTURE(size.x);
    TestWindow test(UiWorld::Busy(), size);
    const Rect before = test.view;
    const float middle = (before.min.y + before.max.y) * 0.5F;
    for (int i = 1; i <= 6; ++i) {
      Tell(test, NoticeLevel::kWarning, fmt::format("{}{}", std::string(900, 'w'), i), i);
    }
    CHECK(test.view.min.y == before.min.y);
    CHECK(test.view.max.y == before.max.y);
    CHECK(Shown(test) >= 1);
    CHECK(Shown(test) <= 3);
    for (const RecordedItem& item : test.driver.items()) {
      if (item.label != "dismiss" && item.label != "more_messages") continue;
      CHECK(item.min.y >= before.min.y);
      if (size.y > 600) CHECK(item.max.y < middle);
    }
  }
}

TEST_CASE("what had no room is one click away, in the list of all messages") {
  TestWindow test;
  for (int i = 1; i <= 5; ++i) Tell(test, NoticeLevel::kInfo, fmt::format("news {}", i), i);
  CHECK(Shown(test) == 3);
  test.driver.Click("dismiss");  // the newest is the first
  CHECK(test.log.Last<DismissNotice>()->id == 5);
  test.driver.Click("more_messages");
  test.driver.Frames(2);
  REQUIRE(test.driver.Find("messages_close") != nullptr);
  int listed = 0;
  for (const RecordedItem& item : test.driver.items()) listed += item.label == "message" ? 1 : 0;
  CHECK(listed == 5);
  test.driver.Tap(Key::kX);
  CHECK(test.log.Count<BeginMark>() == 0);
  test.driver.Tap(Key::kEscape);
  test.driver.Frames(2);
  CHECK(test.driver.Find("messages_close") == nullptr);
  test.world.notices.clear();
  test.driver.Click("messages");  // in the status bar
  test.driver.Frames(2);
  CHECK(test.driver.Find("messages_close") != nullptr);
}

TEST_CASE("what is told while a sheet hides the view stands in front of the sheet") {
  TestWindow test(UiWorld::Busy(), {1280, 800});
  Tell(test, NoticeLevel::kInfo, "told before", 1);
  test.world.notices.back().age_s = 3.0;
  test.driver.Tap(Key::kF1);  // the help
  test.driver.Frames(4);
  REQUIRE(test.window.state().help_shown);
  CHECK(test.driver.Find("banner_above") == nullptr);
  Tell(test, NoticeLevel::kInfo, "written to /tmp/plots/return.csv", 2);
  const RecordedItem* banner = test.driver.Find("banner_above");
  REQUIRE(banner != nullptr);
  CHECK(Shown(test) == 2);  // the other where it was
  // In front: a click on it is of the banner, not of the sheet.
  test.driver.ClickAt({(banner->min.x + banner->max.x) * 0.5F, banner->min.y + 12.0F});
  REQUIRE(test.log.Last<DismissNotice>() != nullptr);
  CHECK(test.log.Last<DismissNotice>()->id == 2);
  CHECK(test.log.Count<DismissNotice>() == 1);
  CHECK(test.window.state().help_shown);
  test.driver.Tap(Key::kEscape);
  test.driver.Frames(2);
  CHECK(test.driver.Find("banner_above") == nullptr);
}

TEST_CASE("the first mark closes the welcome that would hide what is marked") {
  TestWindow test;
  test.window.LoadSettings("{}");
  test.driver.Frames(3);
  REQUIRE(test.driver.Find("welcome_start") != nullptr);
  test.driver.KeyDown(Chord{Key::kX});
  CHECK(test.log.Count<BeginMark>() == 1);
  test.world.open_marks = {
      OpenMark{agents::Verdict::kUnsafe, 0, test.world.player.episode, 600, 610}};
  test.driver.Frames(2);
  CHECK(test.driver.Find("welcome_start") == nullptr);
  CHECK(test.window.state().settings.welcome_dismissed);
}

}  // namespace
}  // namespace lookout::ui
