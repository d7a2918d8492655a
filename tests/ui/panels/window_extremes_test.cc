// The window at its limits: every size and scale, empty and hostile worlds, and how much is drawn.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

// Everything that can be clicked is wholly inside the window, or can be scrolled to.
void CheckReachable(const TestWindow& test, ImVec2 display) {
  for (const RecordedItem& item : test.driver.items()) {
    CAPTURE(item.label);
    const bool mark = item.label.starts_with("mark/");
    if (mark) continue;  // clipped by its lane on purpose
    CHECK(item.min.x >= item.clip_min.x - 1.0F);
    CHECK(item.max.x <= item.clip_max.x + 1.0F);
    CHECK(item.clip_max.x <= display.x + 1.0F);
    const bool visible =
        item.min.y >= item.clip_min.y - 1.0F && item.max.y <= item.clip_max.y + 1.0F;
    CHECK((visible || item.scrolls));
  }
}

TEST_CASE("everything can be reached at 1280 x 720, from 75 % to 200 %") {
  for (const float scale : {0.75F, 1.0F, 1.5F, 2.0F}) {
    for (const int tab : {0, 1, 2}) {
      CAPTURE(scale);
      CAPTURE(tab);
      TestWindow test(UiWorld::Busy(), {1280, 720}, scale);
      test.window.state().settings.side_tab = tab;
      test.world.playhead.live = false;
      test.driver.Frames(3);
      CHECK(test.driver.items().size() > 20);
      CheckReachable(test, {1280, 720});
      test.driver.Tap(Key::kTab);
      test.driver.Frames(3);
      CheckReachable(test, {1280, 720});
      CHECK(test.view.width() > 100.0F);
      CHECK(test.view.height() > 60.0F);
    }
  }
}

// Of the bar at the top, from left to right.
void CheckApart(const TestWindow& test) {
  std::vector<const RecordedItem*> bar;
  for (const RecordedItem& item : test.driver.items()) {
    if (item.max.y < 42.0F) bar.push_back(&item);
  }
  REQUIRE(bar.size() > 10);
  std::ranges::sort(bar, {}, [](const RecordedItem* item) { return item->min.x; });
  for (std::size_t i = 1; i < bar.size(); ++i) {
    CAPTURE(bar[i - 1]->label);
    CAPTURE(bar[i]->label);
    CHECK(bar[i]->min.x >= bar[i - 1]->max.x - 1.0F);
  }
}

TEST_CASE("nothing in the toolbar lies over anything else, in any mode and at any width") {
  for (const InputMode mode : {InputMode::kView, InputMode::kOversee}) {
    for (float width = 640.0F; width < 1600.0F; width += 30.0F) {
      CAPTURE(static_cast<int>(mode));
      CAPTURE(width);
      TestWindow test(UiWorld::Busy(), {width, 500});
      test.world.mode = mode;
      test.driver.Frames(2);
      CheckApart(test);
    }
  }
}

TEST_CASE("cards and sheets fit the window at 200 %, too") {
  TestWindow test(UiWorld::Busy(), {1280, 720}, 2.0F);
  test.window.state().welcome_shown = true;
  test.driver.Frames(4);
  CheckReachable(test, {1280, 720});
  test.window.state().welcome_shown = false;
  test.window.state().keys.shown = true;
  test.driver.Frames(4);
  CheckReachable(test, {1280, 720});
  test.window.state().keys.shown = false;
  test.window.state().help_shown = true;
  test.driver.Frames(4);
  CheckReachable(test, {1280, 720});
  test.window.state().help_shown = false;
  test.window.state().about_shown = true;
  test.driver.Frames(4);
  CheckReachable(test, {1280, 720});
}

TEST_CASE("an empty world and any size of window are drawn") {
  TestWindow test{UiWorld()};
  CHECK(test.driver.vertices() > 0);
  for (const ImVec2 size : {ImVec2{1, 1}, ImVec2{0, 0}, ImVec2{64, 40}, ImVec2{320, 200},
                            ImVec2{640, 2000}, ImVec2{3840, 300}, ImVec2{1280, 720}}) {
    test.driver.Resize(size);
    test.driver.Frames(3);
    test.driver.Tap(Key::kTab);
    test.driver.Tap(Key::kX);
  }
  CHECK(test.driver.Find("play") != nullptr);
}

TEST_CASE("hostile texts from files and workers are shown literally") {
  const std::vector<std::string> hostile{"%n%s%n",
                                         "##",
                                         "###",
                                         "",
                                         std::string(10'240, 'Q'),
                                         "\xC3\x28\xFF",
                                         "a\nb",
                                         std::string("x\0y", 3)};
  for (const std::string& text : hostile) {
    CAPTURE(text.substr(0, 20));
    UiWorld world = UiWorld::Busy();
    world.player.agent_name = text;
    world.player.environment = text;
    world.player.failure = text;
    world.training.failure = text;
    world.fit.refusal = text;
    world.project.path = text;
    world.project.read_only_reason = text;
    world.frame.renderer = text;
    world.environments = {text, text + "2"};
    world.policies = {{text, text}, {text, text}};
    world.notices = {{NoticeLevel::kError, text, 1}, {NoticeLevel::kInfo, text, 2}};
    agents::Mark mark{.episode = EpisodeId{5}, .first_step = 1, .last_step = 9, .note = text};
    static_cast<void>(world.marks.Add(mark));
    TestWindow test(std::move(world));
    for (const char* tab : {"tab/marks", "tab/cost_model", "tab/training"}) {
      test.driver.Click(tab);
      CHECK(test.driver.vertices() > 0);
    }
    test.driver.Click("environment");
    test.driver.Click("environment/1");
    REQUIRE(test.log.Last<SetEnvironment>() != nullptr);
    CHECK(test.log.Last<SetEnvironment>()->id == text + "2");
  }
}

// How long it takes is measured by `lookout bench ui`.
TEST_CASE("the panels of every tab are drawn with a few thousand triangles") {
  for (const int tab : {0, 1, 2}) {
    TestWindow test;
    test.window.state().settings.side_tab = tab;
    test.driver.Frames(20);
    CHECK(test.driver.vertices() > 1'000);
    CHECK(test.driver.vertices() < 60'000);
  }
}

}  // namespace
}  // namespace lookout::ui
