// Making, repairing and removing marks with the keyboard, the timeline and the list.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

using agents::Verdict;

TEST_CASE("holding X marks for as long as it is held") {
  TestWindow test;
  test.driver.KeyDown(Chord{Key::kX});
  REQUIRE(test.log.Last<BeginMark>() != nullptr);
  CHECK(test.log.Last<BeginMark>()->verdict == Verdict::kUnsafe);
  test.world.open_marks = {OpenMark{Verdict::kUnsafe, 0, test.world.player.episode, 600, 610}};
  test.driver.Frames(30);
  CHECK(test.log.Count<BeginMark>() == 1);  // the key's repetition is not a second press
  CHECK(test.log.Count<EndMark>() == 0);
  test.driver.KeyUp(Chord{Key::kX});
  CHECK(test.log.Count<EndMark>() == 1);
}

TEST_CASE("marks by key and by button carry what was on screen at the press, and taps its time") {
  TestWindow test;
  test.world.pressed_at = Moment{EpisodeId{5}, 123};
  test.world.pressed_s = 50.0;
  test.driver.KeyDown(Chord{Key::kX});
  REQUIRE(test.log.Last<BeginMark>() != nullptr);
  CHECK(test.log.Last<BeginMark>()->at->step == 123);
  // Frames are few, but by the clock the key was held.
  test.world.pressed_at = Moment{EpisodeId{5}, 140};
  test.world.pressed_s = 50.3;
  test.driver.KeyUp(Chord{Key::kX});
  REQUIRE(test.log.Last<EndMark>() != nullptr);
  CHECK(test.log.Last<EndMark>()->at->step == 140);
  test.driver.Click("mark_safe");
  CHECK(test.log.Last<BeginMark>()->at->step == 140);
}

TEST_CASE("tapping G starts a span, tapping it again ends it") {
  TestWindow test;
  test.driver.Tap(Key::kG);
  CHECK(test.log.Last<BeginMark>()->verdict == Verdict::kSafe);
  CHECK(test.log.Count<EndMark>() == 0);
  test.world.open_marks = {OpenMark{Verdict::kSafe, 0, test.world.player.episode, 600, 610}};
  test.driver.Frames(40);
  CHECK(test.log.Count<EndMark>() == 0);
  test.driver.Tap(Key::kG);
  CHECK(test.log.Count<EndMark>() == 1);
  CHECK(test.log.Count<BeginMark>() == 1);
}

TEST_CASE("U is not sure, Escape gives an open span up") {
  TestWindow test;
  test.driver.Tap(Key::kU);
  CHECK(test.log.Last<BeginMark>()->verdict == Verdict::kUnsure);
  test.world.open_marks = {OpenMark{Verdict::kUnsure, 0, test.world.player.episode, 600, 610}};
  test.driver.Tap(Key::kEscape);
  CHECK(test.log.Count<CancelMark>() == 1);
  CHECK(test.window.TakeViewActions().empty());
}

TEST_CASE("X in View mode enters Mark mode first") {
  TestWindow test;
  test.world.mode = InputMode::kView;
  test.driver.Tap(Key::kX);
  REQUIRE(test.log.Last<SetMode>() != nullptr);
  CHECK(test.log.Last<SetMode>()->mode == InputMode::kMark);
  CHECK(test.log.Count<BeginMark>() == 1);
}

TEST_CASE("digits choose the class, in Mark mode only") {
  TestWindow test;
  test.driver.Tap(static_cast<Key>('2'));
  CHECK(test.log.Last<SetDangerClass>()->danger == 2);
  test.log.commands.clear();
  test.world.mode = InputMode::kView;
  test.driver.Tap(static_cast<Key>('3'));
  CHECK(test.log.Count<SetDangerClass>() == 0);
}

TEST_CASE("a digit gives the selected mark its class") {
  TestWindow test;
  test.driver.Click("mark_row/3");
  test.driver.Tap(static_cast<Key>('2'));
  REQUIRE(test.log.Last<ReviseMark>() != nullptr);
  CHECK(test.log.Last<ReviseMark>()->mark.id == MarkId{3});
  CHECK(test.log.Last<ReviseMark>()->mark.danger == 2);
}

TEST_CASE("clicking a mark in the list shows its first step") {
  TestWindow test;
  test.driver.Click("mark_row/3");
  REQUIRE(test.log.Last<Seek>() != nullptr);
  CHECK(test.log.Last<Seek>()->episode == EpisodeId{5});
  CHECK(test.log.Last<Seek>()->step == 130);
  CHECK(test.log.Last<SelectMark>()->id == MarkId{3});
}

TEST_CASE("a mark of an episode that is not in memory is shown once it was loaded") {
  TestWindow test;
  const MarkId elsewhere = test.world.AddMark(EpisodeId{77}, 12, 20, Verdict::kSafe);
  test.driver.Frames(2);
  test.driver.Click(fmt::format("mark_row/{}", elsewhere.value));
  REQUIRE(test.log.Last<OpenEpisode>() != nullptr);
  CHECK(test.log.Last<OpenEpisode>()->id == EpisodeId{77});
  CHECK(test.log.Count<Seek>() == 0);
  const Playhead before = test.world.playhead;
  test.world.AddEpisode(EpisodeId{77}, 64, "Random", true);
  test.world.playhead = before;
  test.driver.Frames(2);
  REQUIRE(test.log.Last<Seek>() != nullptr);
  CHECK(test.log.Last<Seek>()->step == 12);
  CHECK(test.log.Count<Seek>() == 1);
}

TEST_CASE("dragging a mark's edge on the timeline revises it") {
  TestWindow test;
  const RecordedItem* mark = test.driver.Find("mark/2");
  REQUIRE(mark != nullptr);
  const float y = (mark->min.y + mark->max.y) * 0.5F;
  const float to = test.window.state().timeline.axis.X(112);
  test.driver.Drag({mark->max.x, y}, {to, y});
  REQUIRE(test.log.Last<ReviseMark>() != nullptr);
  const agents::Mark& revised = test.log.Last<ReviseMark>()->mark;
  CHECK(revised.id == MarkId{2});
  CHECK(revised.first_step == 40);  // pressed late, and so it stays
  CHECK(revised.reaction_lag_steps == 15);
  CHECK(revised.release_lag_steps == 0);
  CHECK(std::abs(revised.last_step - 112) <= 2);
  CHECK(revised.verdict == Verdict::kSafe);
}

TEST_CASE("Ctrl and dragging on the lane adds an unsafe mark of the chosen class") {
  TestWindow test;
  test.driver.Tap(static_cast<Key>('1'));
  const float y = test.driver.MiddleOf("timeline/lanes").y;
  const TimelineAxis& axis = test.window.state().timeline.axis;
  ImGui::GetIO().KeyCtrl = true;
  test.driver.Drag({axis.X(520), y}, {axis.X(560), y});
  ImGui::GetIO().KeyCtrl = false;
  REQUIRE(test.log.Last<AddMark>() != nullptr);
  const agents::Mark& added = test.log.Last<AddMark>()->mark;
  CHECK(std::abs(added.first_step - 520) <= 2);
  CHECK(std::abs(added.last_step - 560) <= 2);
  CHECK(added.danger == 1);
  CHECK(added.reaction_lag_steps == 0);
  CHECK(added.episode == EpisodeId{5});
}

TEST_CASE("a mark that its lag of letting go outlasts says that one step is left of it") {
  TestWindow test;
  const auto select = [&](std::int32_t release_lag_steps) {
    const agents::JournalEntry entry = test.world.marks.Add({.episode = EpisodeId{5},
                                                             .first_step = 200,
                                                             .last_step = 210,
                                                             .reaction_lag_steps = 15,
                                                             .release_lag_steps = release_lag_steps,
                                                             .annotator = {},
                                                             .note = {}});
    test.window.state().marks.selected = entry.record.id;
    test.driver.Frames(2);
    return OutlastingLag(test.world.marks.marks().marks().at(entry.record.id));
  };
  CHECK(select(25) == 0);
  CHECK(test.driver.Find("mark/outlasted") == nullptr);
  CHECK(select(26) == 26);
  CHECK(test.driver.Find("mark/outlasted") != nullptr);
  const auto marks = test.window.state().marks.index.timeline();
  CHECK(std::ranges::count(marks, 26, &TimelineMark::outlasting_lag) == 1);
  CHECK(select(agents::kLagOfPressing) == 0);
}

TEST_CASE("I and O move the ends of the selected mark to the playhead") {
  TestWindow test;
  test.driver.Click("mark_row/3");
  test.world.playhead.live = false;
  test.world.playhead.step = 140;
  test.driver.Tap(Key::kI);
  CHECK(test.log.Last<ReviseMark>()->mark.first_step == 140);
  CHECK(test.log.Last<ReviseMark>()->mark.last_step == 158);
  CHECK(test.log.Last<ReviseMark>()->mark.reaction_lag_steps == 0);
  CHECK(test.log.Last<ReviseMark>()->mark.release_lag_steps == 15);
  test.driver.Tap(Key::kO);
  CHECK(test.log.Last<ReviseMark>()->mark.first_step == 130);
  CHECK(test.log.Last<ReviseMark>()->mark.last_step == 140);
  CHECK(test.log.Last<ReviseMark>()->mark.release_lag_steps == 0);
}

TEST_CASE("the selected mark is removed by Delete, any mark by its bin") {
  TestWindow test;
  test.driver.Click("mark_row/3");
  test.driver.Tap(Key::kDelete);
  CHECK(test.log.Last<DeleteMark>()->id == MarkId{3});
  const RecordedItem* row = test.driver.Find("mark_row/2");
  REQUIRE(row != nullptr);
  test.driver.ClickAt({row->max.x - 18, (row->min.y + row->max.y) * 0.5F});
  CHECK(test.log.Last<DeleteMark>()->id == MarkId{2});
}

TEST_CASE("undo and redo by button and key, greyed when there is nothing") {
  TestWindow test;
  CHECK(test.driver.Find("undo")->enabled);
  CHECK_FALSE(test.driver.Find("redo")->enabled);
  test.driver.Click("undo");
  CHECK(test.log.Count<Undo>() == 1);
  test.driver.Tap(Chord{.key = Key::kZ, .ctrl = true});
  CHECK(test.log.Count<Undo>() == 2);
  static_cast<void>(test.world.marks.Undo());
  test.driver.Frames(2);
  REQUIRE(test.driver.Find("redo")->enabled);
  test.driver.Click("redo");
  CHECK(test.log.Count<Redo>() == 1);
}

TEST_CASE("looping replays the selected span again and again") {
  TestWindow test;
  test.driver.Click("mark_row/3");
  test.world.playhead = {EpisodeId{5}, 158, false, true};
  test.driver.Tap(Key::kL);
  test.log.commands.clear();
  test.driver.Frames();
  REQUIRE(test.log.Last<Seek>() != nullptr);
  CHECK(test.log.Last<Seek>()->step == 130);
  CHECK(test.log.Last<SetPlaying>()->playing);
  test.world.playhead.step = 140;
  test.log.commands.clear();
  test.driver.Frames(3);
  CHECK(test.log.Count<Seek>() == 0);
}

TEST_CASE("a note is kept when the field is left") {
  TestWindow test;
  test.driver.Click("mark_row/4");
  test.driver.Click("note");
  test.driver.Type("near miss");
  test.driver.Click("danger");
  REQUIRE(test.log.Last<ReviseMark>() != nullptr);
  CHECK(test.log.Last<ReviseMark>()->mark.note == "near miss");
}

TEST_CASE("in a read-only project marking is greyed") {
  TestWindow test;
  test.world.project.read_only = true;
  test.world.project.read_only_reason = "another process has it open";
  test.driver.Frames(2);
  CHECK_FALSE(test.driver.Find("mark_unsafe")->enabled);
  CHECK_FALSE(test.driver.Find("undo")->enabled);
  test.driver.Click("mark_unsafe");
  CHECK(test.log.Count<BeginMark>() == 0);
}

TEST_CASE("the span buttons start and stop what their keys do") {
  TestWindow test;
  test.driver.Click("mark_unsafe");
  CHECK(test.log.Last<BeginMark>()->verdict == Verdict::kUnsafe);
  test.world.open_marks = {OpenMark{Verdict::kUnsafe, 0, test.world.player.episode, 600, 610}};
  test.driver.Click("mark_unsafe");
  CHECK(test.log.Count<EndMark>() == 1);
}

TEST_CASE("at the end of an episode in review nothing is behind, and no zero has a minus") {
  TestWindow test(UiWorld(200));
  test.world.playhead = {
      .episode = test.world.player.episode, .step = 150, .live = false, .replaying = false};
  test.driver.Frames(2);
  CHECK(test.driver.Find("review/behind") != nullptr);
  test.world.playhead.step = 199;
  test.driver.Frames(2);
  CHECK(test.driver.Find("review/at_end") != nullptr);
}

}  // namespace
}  // namespace lookout::ui
