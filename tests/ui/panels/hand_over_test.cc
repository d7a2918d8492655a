// An agent that hands over in the middle of an episode, as the window shows it.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <utility>

#include "agents/feedback/kinds/intervention.h"
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

MarkId TakeOver(MarkStore& marks, EpisodeId episode, StepIndex first, StepIndex last) {
  agents::FeedbackRecord record;
  SetContent(
      agents::Intervention{.episode = episode, .first_step = first, .last_step = last, .note = {}},
      record);
  return marks.AddRecord(std::move(record)).record.id;
}

TEST_CASE("a take-over lies on the timeline, with what led to it") {
  TestWindow test(UiWorld(200));
  const EpisodeId episode = test.world.player.episode;
  const MarkId id = TakeOver(test.world.marks, episode, 120, 160);
  test.driver.Frames(2);
  const auto timeline = test.window.state().marks.index.timeline();
  REQUIRE(timeline.size() == 1);
  CHECK(timeline[0].shape == TimelineShape::kTakeOver);
  CHECK(timeline[0].lane == 0);
  CHECK(timeline[0].first == 120);
  CHECK(timeline[0].last == 160);
  CHECK(timeline[0].led_first == 80);
  CHECK(timeline[0].led_last == 104);
  CHECK_FALSE(timeline[0].editable);
  CHECK_FALSE(timeline[0].saved);
  CHECK(timeline[0].label ==
        InWords(agents::Intervention{
            .episode = episode, .first_step = 120, .last_step = 160, .note = {}}));

  const RecordedItem* driven = test.driver.Find(fmt::format("mark/{}", id.value));
  const RecordedItem* led = test.driver.Find(fmt::format("led/{}", id.value));
  REQUIRE(driven != nullptr);
  REQUIRE(led != nullptr);
  CHECK(led->max.x < driven->min.x);
  CHECK(led->min.y > driven->min.y);  // on the lane's lower half
  CHECK(led->max.x - led->min.x ==
        doctest::Approx((driven->max.x - driven->min.x) * 25 / 41).epsilon(0.05));
  test.driver.Click(fmt::format("led/{}", id.value));
  CHECK(test.window.state().marks.selected == id);
  test.driver.Tap(Key::kDelete);
  REQUIRE(test.log.Last<DeleteMark>() != nullptr);
  CHECK(test.log.Last<DeleteMark>()->id == id);

  test.world.marks.Acknowledge(test.world.marks.marks().last_sequence());
  test.driver.Frames(2);
  CHECK(test.window.state().marks.index.timeline()[0].saved);
}

TEST_CASE("a take-over so early that nothing led to it is the bar alone, others' are on theirs") {
  TestWindow test(UiWorld(200));
  const EpisodeId episode = test.world.player.episode;
  REQUIRE(test.world.marks.annotators().Put({.name = "Ann"}));
  REQUIRE(test.world.marks.annotators().SwitchTo("Ann"));
  const MarkId id = TakeOver(test.world.marks, episode, 8, 20);
  REQUIRE(test.world.marks.annotators().SwitchTo("me"));
  test.driver.Frames(2);
  CHECK(test.driver.Find(fmt::format("mark/{}", id.value)) != nullptr);
  CHECK(test.driver.Find(fmt::format("led/{}", id.value)) == nullptr);
  const MarksIndex& index = test.window.state().marks.index;
  REQUIRE(index.timeline().size() == 1);
  CHECK(index.timeline()[0].lane == 1);
  CHECK(index.lanes()[1].title == "Ann");
  AnnotatorProfile ann = *test.world.marks.annotators().Find("Ann");
  ann.shown = false;
  test.world.marks.annotators().Put(ann);
  test.driver.Frames(2);
  CHECK(index.timeline().empty());
  CHECK(index.statements().empty());
}

}  // namespace
}  // namespace lookout::ui
