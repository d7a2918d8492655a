// Hands on the live episode in Oversee mode: what is held, by key, mouse or gamepad.
#include <doctest/doctest.h>

#include "tests/ui/panels/oversee/overseer_window_support.h"

namespace lookout::ui {
namespace {

TEST_CASE("a gamepad blocks, takes the wheel and drives, by buttons that can be bound otherwise") {
  OverseerWindow test;
  test.driver.KeyDown(Chord{Key::kPadB});
  REQUIRE(test.log.Last<HoldBlock>() != nullptr);
  CHECK(test.log.Last<HoldBlock>()->held);
  test.driver.KeyUp(Chord{Key::kPadB});
  CHECK_FALSE(test.log.Last<HoldBlock>()->held);
  test.driver.KeyDown(Chord{Key::kPadRightBumper});
  test.world.stick = {.forward = 0.5, .turn = -0.25};
  test.driver.Frames(2);
  CHECK(test.log.Last<TakeWheel>()->held);
  CHECK(test.log.Last<DriveInput>()->forward == 0.5);
  CHECK(test.log.Last<DriveInput>()->turn == -0.25);
  test.driver.KeyDown(Chord{Key::kUp});
  CHECK(test.log.Last<DriveInput>()->forward == 1.0);
  test.driver.KeyUp(Chord{Key::kPadRightBumper});
  CHECK_FALSE(test.log.Last<TakeWheel>()->held);
  // A button that a person gives to something else does only that.
  test.window.state().keymap.Bind(ActionId::kLetPass, Chord{Key::kPadB});
  test.driver.KeyDown(Chord{Key::kPadB});
  CHECK(test.log.Last<LetPass>()->held);
  CHECK_FALSE(test.log.Last<HoldBlock>()->held);
}

TEST_CASE("the past is not overseen: what is held there acts when the live episode is back") {
  OverseerWindow test;
  test.driver.KeyDown(Chord{Key::kX});
  test.driver.Frames(1);
  CHECK(test.log.Last<HoldBlock>()->held);
  test.world.playhead.live = false;
  test.world.playhead.step = 100;
  test.driver.Frames(1);
  CHECK_FALSE(test.log.Last<HoldBlock>()->held);
  const auto told = test.log.Count<HoldBlock>();
  test.driver.MoveTo(test.driver.MiddleOf("block"));
  test.driver.Press();
  test.driver.Frames(2);
  test.driver.Release();
  CHECK(test.log.Count<HoldBlock>() == told);
  test.world.playhead.live = true;
  test.driver.Frames(1);
  CHECK(test.log.Last<HoldBlock>()->held);
}

}  // namespace
}  // namespace lookout::ui
