// What stands over the view about what is on screen.
#include <doctest/doctest.h>

#include "tests/support/ui_world.h"
#include "ui/viewport/viewport_decor.h"

namespace lookout::ui {

TEST_CASE("what is on screen is said in brief where the view is small") {
  UiWorld world(100);
  world.player.playing = false;
  CHECK(PlaybackBadge(world.View(), true) == "PAUSED");
  world.mode = InputMode::kDrive;
  CHECK(PlaybackBadge(world.View(), false) == "PAUSED: play to drive");
  world.mode = InputMode::kMark;
  world.player.step = 99;
  world.playhead = {.episode = world.player.episode, .step = 90, .live = false};
  CHECK(PlaybackBadge(world.View()) ==
        "REVIEWING step 90 (\xE2\x88\x92"
        "9)");
  CHECK(PlaybackBadge(world.View(), true) ==
        "REVIEW (\xE2\x88\x92"
        "9)");
  world.mode = InputMode::kDrive;
  CHECK(PlaybackBadge(world.View()) ==
        "REVIEWING step 90 (\xE2\x88\x92"
        "9): continue from here to drive");
  world.playhead.episode = EpisodeId{77};
  CHECK(PlaybackBadge(world.View(), true) == "REVIEW");
}

}  // namespace lookout::ui
