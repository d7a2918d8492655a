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

TEST_CASE("an edge placed by hand is exact, the other keeps its lag") {
  const agents::Mark mark{.first_step = 100, .last_step = 240, .reaction_lag_steps = 60};
  const agents::Mark first = WithEdges(mark, 50, std::nullopt);
  CHECK(first.first_step == 50);
  CHECK(first.last_step == 240);
  CHECK(agents::JudgedSteps(first) == agents::Segment{{}, 50, 180});
  const agents::Mark both = WithEdges(first, std::nullopt, 190);
  CHECK(agents::JudgedSteps(both) == agents::Segment{{}, 50, 190});
  CHECK(both.reaction_lag_steps == 0);
  CHECK(both.release_lag_steps == agents::kLagOfPressing);
  const agents::Mark last = WithEdges(mark, std::nullopt, 200);
  CHECK(last.first_step == 100);
  CHECK(agents::JudgedSteps(last) == agents::Segment{{}, 40, 200});
  agents::Mark quick = mark;
  quick.release_lag_steps = 10;
  CHECK(agents::JudgedSteps(WithEdges(quick, 50, std::nullopt)) == agents::Segment{{}, 50, 230});
}

TEST_CASE("a placed edge that passes the other's label pushes it, and one that passes its key") {
  const agents::Mark mark{.first_step = 100, .last_step = 140, .reaction_lag_steps = 60};
  const agents::Mark pushed = WithEdges(mark, 110, std::nullopt);
  CHECK(agents::JudgedSteps(pushed) == agents::Segment{{}, 110, 110});
  CHECK(pushed.last_step == 110);
  const agents::Mark back = WithEdges(mark, std::nullopt, 20);
  CHECK(agents::JudgedSteps(back) == agents::Segment{{}, 20, 20});
  CHECK(back.first_step == 20);
  // Between the first label and the key that was pressed late: no edge may end before it begins.
  const agents::Mark early = WithEdges(mark, std::nullopt, 70);
  CHECK(early.first_step == 40);
  CHECK(agents::JudgedSteps(early) == agents::Segment{{}, 40, 70});
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
