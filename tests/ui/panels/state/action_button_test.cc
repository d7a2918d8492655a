// One table of actions: what a button asks for is what its key asks for.
#include "ui/panels/state/action_button.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <vector>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

// The kinds of the commands in the log, in their order.
std::vector<std::pair<std::size_t, std::size_t>> Kinds(const CommandLog& log) {
  std::vector<std::pair<std::size_t, std::size_t>> kinds;
  for (const Command& command : log.commands) {
    const auto inner = [](const auto& group) { return group.index(); };
    kinds.emplace_back(command.index(), std::visit(inner, command));
  }
  return kinds;
}

// A moment at which most actions can be done: in review, with a selected mark.
UiWorld InReview() {
  UiWorld world = UiWorld::Busy();
  world.playhead.live = false;
  world.playhead.step = 100;
  return world;
}

TEST_CASE("a button asks for what its key asks for") {
  for (const ActionId id :
       {ActionId::kPlayPause, ActionId::kStepForward, ActionId::kStepBack, ActionId::kReset,
        ActionId::kNextSeed, ActionId::kGoLive, ActionId::kContinueHere, ActionId::kUndo,
        ActionId::kSetIn, ActionId::kSetOut}) {
    const Action& action = ActionOf(id);
    CAPTURE(action.name);
    std::vector<std::pair<std::size_t, std::size_t>> by_button;
    for (const bool button : {true, false}) {
      TestWindow test(InReview());
      test.window.state().marks.selected = test.window.state().marks.index.of_shown().front().id;
      test.driver.Frames(2);
      test.log.commands.clear();
      if (button) {
        test.driver.Click(action.name);
        by_button = Kinds(test.log);
        CHECK_FALSE(by_button.empty());
      } else {
        test.driver.Tap(action.chord);
        CHECK(Kinds(test.log) == by_button);
      }
    }
  }
}

TEST_CASE("the buttons and the keys of spans both enter Mark mode") {
  for (const bool button : {true, false}) {
    TestWindow test;
    test.world.mode = InputMode::kView;
    if (button) {
      test.driver.Click("mark_unsafe");
    } else {
      test.driver.Tap(Key::kX);
    }
    REQUIRE(test.log.Last<SetMode>() != nullptr);
    CHECK(test.log.Last<SetMode>()->mode == InputMode::kMark);
    CHECK(test.log.Count<BeginMark>() == 1);
  }
}

TEST_CASE("a key of what cannot be done says why, as the grey button does") {
  TestWindow test(UiWorld(200));
  CHECK_FALSE(test.driver.Find("undo")->enabled);
  test.driver.Tap(Chord{.key = Key::kZ, .ctrl = true});
  CHECK(test.log.Count<Undo>() == 0);
  REQUIRE(test.log.Last<Tell>() != nullptr);
  CHECK(test.log.Last<Tell>()->text == "There is nothing to undo");
}

TEST_CASE("the cross of the window asks as the key does") {
  TestWindow test;
  test.world.training.state = TrainingState::kRunning;
  test.window.state().close_asked = true;
  test.driver.Frames(2);
  CHECK(test.log.Count<Quit>() == 0);
  CHECK(test.driver.Find("quit_anyway") != nullptr);
}

TEST_CASE("no row of the list of marks moves when another episode comes on screen") {
  UiWorld world = UiWorld::Busy();
  const MarkId of_other = world.AddMark(EpisodeId{3}, 10, 40, agents::Verdict::kSafe);
  TestWindow test(std::move(world));
  const std::string row = fmt::format("mark_row/{}", of_other.value);
  const ImVec2 before = test.driver.MiddleOf(row);
  test.driver.Click(row);
  test.world.playhead = {.episode = EpisodeId{3}, .step = 10, .live = false};
  test.driver.Frames(3);
  CHECK(test.driver.MiddleOf(row).y == before.y);
  CHECK(test.window.state().marks.index.of_shown().front().id == of_other);
}

}  // namespace
}  // namespace lookout::ui
