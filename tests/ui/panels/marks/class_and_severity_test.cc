// Which class a mark has and what that is called, and how bad it is.
#include <doctest/doctest.h>

#include <string>

#include "tests/support/ui_window.h"
#include "ui/panels/marks/list/mark_words.h"
#include "ui/panels/state/mark_actions.h"

namespace lookout::ui {
namespace {

using agents::Verdict;

constexpr Chord WithShift(char digit) { return {.key = static_cast<Key>(digit), .shift = true}; }

// Mark 3 is unsafe.
struct Selected : TestWindow {
  Selected() {
    driver.Click("mark_row/3");
    driver.Frames(3);
    log.commands.clear();
  }
};

TEST_CASE("dragging the slider is one edit, made when the mouse is let go") {
  Selected test;
  const RecordedItem* slider = test.driver.Find("severity");
  REQUIRE(slider != nullptr);
  const float y = (slider->min.y + slider->max.y) * 0.5F;
  const float right = slider->max.x - 4.0F;
  test.driver.MoveTo({slider->min.x + 6.0F, y});
  test.driver.Press();
  test.driver.MoveTo({(slider->min.x + right) * 0.5F, y});
  test.driver.Frames(5);
  test.driver.MoveTo({right, y});
  test.driver.Frames(5);
  CHECK(test.log.Count<ReviseMark>() == 0);
  test.driver.Release();
  test.driver.Frames(3);
  REQUIRE(test.log.Count<ReviseMark>() == 1);
  CHECK(test.log.Last<ReviseMark>()->mark.id == MarkId{3});
  CHECK(test.log.Last<ReviseMark>()->mark.severity == agents::kMostSeverity);
}

TEST_CASE("the left end of the slider says nothing any more") {
  Selected test;
  agents::Mark mark = test.world.marks.marks().marks().at(MarkId{3});
  mark.severity = 8;
  test.world.marks.Revise(mark);
  test.driver.Frames(3);
  CHECK(test.window.state().marks.severity.value == 8.0F);
  const RecordedItem* slider = test.driver.Find("severity");
  REQUIRE(slider != nullptr);
  test.driver.ClickAt({slider->min.x + 3.0F, (slider->min.y + slider->max.y) * 0.5F});
  REQUIRE(test.log.Last<ReviseMark>() != nullptr);
  CHECK(test.log.Last<ReviseMark>()->mark.severity == agents::kNoSeverity);
}

TEST_CASE("Shift and a digit say how bad the selected mark is, and that is told") {
  Selected test;
  test.driver.Tap(WithShift('7'));
  REQUIRE(test.log.Last<ReviseMark>() != nullptr);
  CHECK(test.log.Last<ReviseMark>()->mark.severity == 7);
  CHECK(test.log.Last<ReviseMark>()->mark.danger == 1);
  REQUIRE(test.log.Last<Tell>() != nullptr);
  CHECK(test.log.Last<Tell>()->text == "How bad mark 3 is: 7 of 10 now. Ctrl+Z takes that back.");
}

TEST_CASE("what is not unsafe has no badness") {
  TestWindow test;
  test.driver.Click("mark_row/2");  // safe
  test.driver.Frames(3);
  CHECK(test.driver.Find("severity") == nullptr);
  test.driver.Tap(WithShift('7'));
  CHECK(test.log.Count<ReviseMark>() == 0);
  test.world.open_marks = {OpenMark{Verdict::kSafe, 0, test.world.player.episode, 600, 610}};
  test.driver.Frames(2);
  test.driver.Tap(WithShift('7'));
  CHECK(test.log.Count<SetSeverity>() == 0);
}

TEST_CASE("while a mark is being made Shift and a digit say how bad it is, not the selected one") {
  TestWindow test;
  test.driver.Click("mark_row/3");
  test.driver.KeyDown({Key::kX});
  test.driver.Frames(2);
  REQUIRE(test.log.Last<BeginMark>() != nullptr);
  test.world.open_marks = {OpenMark{Verdict::kUnsafe, 0, test.world.player.episode, 600, 610}};
  test.driver.Frames(2);
  CHECK(test.driver.Find("marking/severity") == nullptr);
  test.driver.Tap(WithShift('7'));
  REQUIRE(test.log.Last<SetSeverity>() != nullptr);
  CHECK(test.log.Last<SetSeverity>()->severity == 7);
  CHECK(test.log.Count<ReviseMark>() == 0);
  CHECK(test.log.Count<EndMark>() == 0);  // the key is still held
  test.world.open_marks[0].severity = 7;
  test.driver.Frames(20);
  CHECK(test.driver.Find("marking/severity") != nullptr);
  test.driver.KeyUp({Key::kX});
  test.driver.Frames(2);
  CHECK(test.log.Count<EndMark>() == 1);
}

TEST_CASE("badness is on the mark's row and on the timeline") {
  Selected test;
  agents::Mark mark = test.world.marks.marks().marks().at(MarkId{3});
  mark.severity = 4;
  test.world.marks.Revise(mark);
  test.driver.Frames(2);
  bool found = false;
  for (const TimelineMark& one : test.window.state().marks.index.timeline()) {
    found = found || (one.id == 3 && one.severity == 4);
  }
  CHECK(found);
  const agents::DangerClasses classes;
  CHECK(MarkInWords(mark, classes).view() == "Unsafe \xC2\xB7 Hazard \xC2\xB7 4 of 10");
  mark.severity = agents::kNoSeverity;
  mark.danger = 0;
  CHECK(MarkInWords(mark, classes).view() == "Unsafe");
}

TEST_CASE("a digit that gives a finished mark another class says so, once") {
  Selected test;
  test.driver.Tap(static_cast<Key>('2'));
  REQUIRE(test.log.Last<Tell>() != nullptr);
  CHECK(test.log.Last<Tell>()->text == "Mark 3 is \"Vase\" now. Ctrl+Z takes that back.");
  test.log.commands.clear();
  test.driver.Tap(static_cast<Key>('1'));  // that it has already
  CHECK(test.log.Count<Tell>() == 0);
  CHECK(test.log.Count<ReviseMark>() == 0);
  test.world.project.read_only = true;
  test.driver.Frames(2);
  test.driver.Tap(static_cast<Key>('2'));
  CHECK(test.log.Count<Tell>() == 0);
}

TEST_CASE("a class is renamed where it is chosen") {
  TestWindow test;
  test.driver.Tap(static_cast<Key>('6'));
  test.driver.Frames(2);
  test.driver.Click("danger_rename");
  test.driver.Frames(2);
  CHECK(test.driver.Find("danger") == nullptr);
  test.driver.Tap(Chord{.key = Key::kA, .ctrl = true});
  test.driver.Type("Too close to a wall");
  test.driver.Tap(Key::kEnter);
  test.driver.Frames(2);
  REQUIRE(test.log.Last<NameDangerClass>() != nullptr);
  CHECK(test.log.Last<NameDangerClass>()->danger == 6);
  CHECK(test.log.Last<NameDangerClass>()->name == "Too close to a wall");
  CHECK(test.driver.Find("danger") != nullptr);
}

TEST_CASE("the field of a name closes without a change, and no class has none") {
  TestWindow test;
  test.driver.Tap(static_cast<Key>('6'));
  test.driver.Click("danger_rename");
  test.driver.Frames(2);
  test.driver.Tap(Key::kEscape);
  test.driver.Frames(2);
  CHECK(test.driver.Find("danger") != nullptr);
  CHECK(test.log.Count<NameDangerClass>() == 0);
  test.driver.Tap(static_cast<Key>('0'));
  test.driver.Frames(2);
  REQUIRE(test.driver.Find("danger_rename") != nullptr);
  CHECK_FALSE(test.driver.Find("danger_rename")->enabled);
}

TEST_CASE("names of one's own are on the timeline and in the list of keys") {
  TestWindow test;
  test.world.marks.danger_classes().Rename(1, "Puddle");
  test.driver.Frames(2);
  bool found = false;
  for (const TimelineMark& one : test.window.state().marks.index.timeline()) {
    found = found || one.label == "Puddle";
  }
  CHECK(found);
  const agents::DangerClasses& classes = test.world.marks.danger_classes();
  CHECK(DescriptionOf(ActionOf(ActionId::kClass1), classes) == "Puddle");
  CHECK(DescriptionOf(ActionOf(ActionId::kSetIn), classes) == "Selected mark begins here");
}

}  // namespace
}  // namespace lookout::ui
