// An agent that hands over in the middle of an episode, as the window shows it.
#include <doctest/doctest.h>

#include <string>

#include "tests/support/ui_window.h"
#include "ui/panels/marks/timeline_panel.h"

namespace lookout::ui {
namespace {

TEST_CASE("the timeline has a lane of who acted once somebody took over, to scale") {
  TestWindow test(UiWorld(200));
  CHECK(test.driver.Find("timeline/actors") == nullptr);
  test.world.HandOver("You", sim::ActionSource::kHuman, 100);
  test.driver.Frames(2);
  REQUIRE(test.driver.Find("timeline/actors") != nullptr);
  const RecordedItem* first = test.driver.Find("timeline/actor/0");
  const RecordedItem* second = test.driver.Find("timeline/actor/1");
  REQUIRE(first != nullptr);
  REQUIRE(second != nullptr);
  CHECK(test.driver.Find("timeline/actor/2") == nullptr);
  CHECK(first->max.x == doctest::Approx(second->min.x));
  const float ratio = (second->max.x - second->min.x) / (first->max.x - first->min.x);
  CHECK(ratio == doctest::Approx(0.5).epsilon(0.03));
  // Nothing that was below it has left the timeline.
  CHECK(test.driver.Find("timeline/lanes")->max.y <= test.driver.Find("timeline")->max.y + 1.0F);
}

TEST_CASE("the heading names whoever acts at the step on screen, the list everyone") {
  TestWindow test(UiWorld(200));
  CHECK(ActorOnScreen(test.world.View()) == "Go to goal");
  test.world.HandOver("You", sim::ActionSource::kHuman, 100);
  CHECK(ActorOnScreen(test.world.View()) == "You");
  test.world.playhead = {.episode = test.world.player.episode, .step = 150, .live = false};
  CHECK(ActorOnScreen(test.world.View()) == "Go to goal");
  CHECK(test.world.episodes.summaries()[0].agent == "Go to goal, then You");
}

}  // namespace
}  // namespace lookout::ui
