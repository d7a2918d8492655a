// The selected mark: which it is, and what is done to it.
#include "ui/panels/state/mark_edits.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

using agents::Verdict;

TEST_CASE("the selection ends when its episode leaves the screen") {
  TestWindow test;
  test.driver.Click("mark_row/3");
  CHECK(test.window.state().marks.selected == MarkId{3});
  test.world.playhead = {.episode = EpisodeId{2}, .step = 10, .live = false};
  test.driver.Frames(2);
  CHECK_FALSE(test.window.state().marks.selected);
  test.driver.Tap(Key::kDelete);
  test.driver.Tap(static_cast<Key>('2'));
  CHECK(test.log.Count<DeleteMark>() == 0);
  CHECK(test.log.Count<ReviseMark>() == 0);
}

TEST_CASE("a mark chosen in the list stays selected while its episode comes on screen") {
  TestWindow test;
  test.driver.Click("mark_row/1");
  CHECK(test.window.state().marks.selected == MarkId{1});
  test.driver.Tap(Key::kDelete);  // it is not on screen yet
  CHECK(test.log.Count<DeleteMark>() == 0);
  test.world.playhead = {.episode = EpisodeId{2}, .step = 118, .live = false};
  test.driver.Frames(2);
  CHECK(test.window.state().marks.selected == MarkId{1});
  test.driver.Tap(Key::kDelete);
  REQUIRE(test.log.Last<DeleteMark>() != nullptr);
  CHECK(test.log.Last<DeleteMark>()->id == MarkId{1});
}

TEST_CASE("a new mark is selected, unless it is of an episode that is not on screen") {
  TestWindow test;
  const MarkId added = test.world.AddMark(EpisodeId{5}, 500, 520, Verdict::kUnsafe);
  test.driver.Frames(2);
  CHECK(test.window.state().marks.selected == added);
  test.world.AddMark(EpisodeId{2}, 500, 520, Verdict::kUnsafe);
  test.driver.Frames(2);
  CHECK(test.window.state().marks.selected == added);
}

TEST_CASE("in a small window a short list leaves its room to the chosen mark") {
  TestWindow test(UiWorld(600), {640, 480});
  test.driver.Tap(Chord{.key = Key::kTab, .shift = true});
  test.driver.Frames(2);
  test.world.AddMark(test.world.player.episode, 500, 520, Verdict::kUnsafe);
  test.driver.Frames(3);
  const RecordedItem* verdict = test.driver.Find("verdict/unsafe");
  REQUIRE(verdict != nullptr);
  CHECK(verdict->max.y <= verdict->clip_max.y);
}

TEST_CASE("a verdict can be changed, and a drag makes the one used last") {
  TestWindow test;
  test.driver.Click("mark_row/3");
  test.driver.Frames(2);
  test.driver.Click("verdict/safe");
  REQUIRE(test.log.Last<ReviseMark>() != nullptr);
  CHECK(test.log.Last<ReviseMark>()->mark.id == MarkId{3});
  CHECK(test.log.Last<ReviseMark>()->mark.verdict == Verdict::kSafe);

  const auto drag = [&] {
    const float y = test.driver.MiddleOf("timeline/lanes").y;
    const TimelineAxis& axis = test.window.state().timeline.axis;
    ImGui::GetIO().KeyCtrl = true;
    test.driver.Drag({axis.X(520), y}, {axis.X(560), y});
    ImGui::GetIO().KeyCtrl = false;
    return test.log.Last<AddMark>()->mark.verdict;
  };
  CHECK(drag() == Verdict::kSafe);
  test.world.open_marks = {OpenMark{Verdict::kUnsure, 0, EpisodeId{5}, 600, 610}};
  test.driver.Frames(2);
  CHECK(test.driver.Find("marking") != nullptr);  // a span that was tapped open says so
  test.world.open_marks.clear();
  test.driver.Frames(2);
  CHECK(test.driver.Find("marking") == nullptr);
  CHECK(drag() == Verdict::kUnsure);
}

TEST_CASE("a digit gives no class to what is safe") {
  TestWindow test;
  test.driver.Click("mark_row/2");
  test.driver.Tap(static_cast<Key>('2'));
  CHECK(test.log.Count<ReviseMark>() == 0);
  CHECK(test.log.Last<SetDangerClass>()->danger == 2);
}

TEST_CASE("an edge placed by hand is exact, the other stays where its label was") {
  const agents::Mark mark{.first_step = 100, .last_step = 140, .reaction_lag_steps = 60};
  const agents::Mark first = WithEdges(mark, 50, std::nullopt);
  CHECK(first.first_step == 50);
  CHECK(first.last_step == 80);
  CHECK(first.reaction_lag_steps == 0);
  const agents::Mark both = WithEdges(first, std::nullopt, 90);
  CHECK(both.first_step == 50);
  CHECK(both.last_step == 90);
  CHECK(WithEdges(mark, 110, std::nullopt).last_step == 110);  // pushed
  CHECK(WithEdges(mark, std::nullopt, 20).first_step == 20);
  CHECK(WithEdges({.first_step = 5, .last_step = 9, .reaction_lag_steps = 15}, std::nullopt, 12)
            .first_step == 0);
  agents::Mark quick = mark;
  quick.release_lag_steps = 10;
  CHECK(WithEdges(quick, 50, std::nullopt).last_step == 130);
  CHECK(WithEdges(quick, 50, std::nullopt).release_lag_steps == agents::kLagOfPressing);
}

TEST_CASE("the note shows an undone note at once") {
  TestWindow test;
  test.driver.Click("mark_row/4");
  test.driver.Frames(2);
  agents::Mark mark = *test.window.state().marks.index.Find(MarkId{4});
  mark.note = "near miss";
  test.world.marks.Revise(mark);
  test.driver.Frames(2);
  CHECK(test.window.state().marks.note == "near miss");
  static_cast<void>(test.world.marks.Undo());
  test.driver.Frames(2);
  CHECK(test.window.state().marks.note.empty());
}

}  // namespace
}  // namespace lookout::ui
