// An agent that hands over in the middle of an episode, as the window shows it.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <imgui_internal.h>

#include <string>
#include <utility>

#include "agents/feedback/kinds/intervention.h"
#include "tests/support/ui_window.h"
#include "ui/panels/marks/list/take_over_rule.h"
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

TEST_CASE("the rule of a selected take-over is told in words and changed by sliders") {
  for (const ImVec2 size : {ImVec2{1280, 720}, ImVec2{1600, 900}}) {
    CAPTURE(size.x);
    TestWindow test(UiWorld(200), size);
    const EpisodeId episode = test.world.player.episode;
    const MarkId id = TakeOver(test.world.marks, episode, 120, 160);
    test.driver.Frames(2);
    CHECK(test.driver.Find("take_over/before") == nullptr);
    test.driver.Click(fmt::format("statement/{}", id.value));
    test.driver.Frames(2);
    REQUIRE(test.driver.Find("take_over/words") != nullptr);
    // In a low window the panel is scrolled to its end.
    test.driver.MoveTo(test.driver.MiddleOf("take_over/words"));
    for (int i = 0; i < 20; ++i) test.driver.Wheel(-2.0F);
    const RecordedItem before = *test.driver.Find("take_over/before");
    const float y = (before.min.y + before.max.y) * 0.5F;
    test.driver.Drag({before.min.x + 5.0F, y}, {before.max.x - 1.0F, y});
    const ReviseTakeOver* revised = test.log.Last<ReviseTakeOver>();
    REQUIRE(revised != nullptr);
    CHECK(test.log.Count<ReviseTakeOver>() == 1);  // one drag is one edit
    CHECK(revised->id == id);
    CHECK(revised->intervention.rule.before_steps > 200);
    CHECK(revised->intervention.rule.lag_steps == 15);
    CHECK(revised->intervention.rule.unsafe_weight == 0.5);

    // The lead-in on the timeline follows the record.
    agents::FeedbackRecord record = test.world.marks.marks().records().at(id);
    agents::Intervention shorter = revised->intervention;
    shorter.rule.before_steps = 5;
    SetContent(shorter, record);
    test.world.marks.ReviseRecord(record);
    test.driver.Frames(2);
    CHECK(test.window.state().marks.index.timeline()[0].led_first == 100);
    test.driver.Click("take_over/keep");
    REQUIRE(test.log.Last<SaveAnnotator>() != nullptr);
    CHECK(test.log.Last<SaveAnnotator>()->profile.before_take_over_s == doctest::Approx(0.1));
  }
}

TEST_CASE("the rule of a take-over in words") {
  agents::Intervention taken{.episode = EpisodeId{1}, .first_step = 120, .last_step = 160};
  CHECK(RuleInWords(taken, 0.02) ==
        "From 0.80 to 0.30 s before you took the wheel (steps 80\xE2\x80\x93"
        "104) counts as unsafe, half as much as a mark. What you drove counts as safe, 0.25 of a "
        "mark.");
  taken.rule.unsafe_weight = 0.0;
  taken.rule.safe_weight = 1.0;
  CHECK(RuleInWords(taken, 0.02) ==
        "What led to it says nothing. What you drove counts as safe, as much as a mark.");
  taken.rule.safe_weight = 0.0;
  CHECK(RuleInWords(taken, 0.02) == "What led to it says nothing. What you drove says nothing.");
}

TEST_CASE("a take-over in the list tells all its words to whoever points there") {
  TestWindow test(UiWorld(200), {1280, 720});
  const MarkId id = TakeOver(test.world.marks, test.world.player.episode, 120, 160);
  test.driver.Frames(2);
  test.driver.MoveTo(test.driver.MiddleOf(fmt::format("statement/{}", id.value)));
  test.driver.Frames(40);
  const ImGuiWindow* tooltip = ImGui::FindWindowByName("##Tooltip_00");
  REQUIRE(tooltip != nullptr);
  CHECK(tooltip->WasActive);
  // Both lines of the row.
  const float two_lines = 2.0F * ImGui::GetFontSize();
  CHECK(tooltip->Size.y >= two_lines);
}

TEST_CASE("the menu of annotators has the rule of the take-overs to come") {
  TestWindow test(UiWorld(200), {1280, 720});
  test.driver.Click("annotator_chip");
  test.driver.Frames(2);
  const RecordedItem before = *test.driver.Find("take_over/before");
  const float y = (before.min.y + before.max.y) * 0.5F;
  test.driver.Drag({before.min.x + 5.0F, y}, {before.max.x - 1.0F, y});
  REQUIRE(test.log.Last<SaveAnnotator>() != nullptr);
  CHECK(test.log.Last<SaveAnnotator>()->profile.before_take_over_s > 4.0);
  CHECK(test.log.Last<SaveAnnotator>()->profile.unsafe_weight == doctest::Approx(0.5));
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
