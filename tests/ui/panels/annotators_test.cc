// Several annotators: switching, lanes, blind marking; and notes.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <memory>
#include <string>

#include "agents/feedback/kinds/note.h"
#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

// The busy world, whose marks are of "me", and Anna, who marked one span of episode 5.
UiWorld TwoAnnotators(bool blind = false) {
  UiWorld world = UiWorld::Busy();
  AnnotatorProfile anna = world.marks.annotators().Suggest("anna", blind);
  anna.title = "Anna";
  world.marks.annotators().Put(anna);
  world.marks.annotators().SwitchTo("anna");
  world.AddMark(EpisodeId{5}, 500, 530, agents::Verdict::kSafe);
  return world;
}

MarkId AddNote(UiWorld& world, EpisodeId episode, StepIndex step, const std::string& text) {
  agents::FeedbackRecord record;
  SetContent(agents::Note{.episode = episode, .step = step, .text = text}, record);
  return world.marks.AddRecord(std::move(record)).record.id;
}

TEST_CASE("each annotator has a lane, who marks the first") {
  TestWindow test(TwoAnnotators());
  const RecordedItem* anna = test.driver.Find("lane/Anna");
  const RecordedItem* me = test.driver.Find("lane/me");
  REQUIRE(anna != nullptr);
  REQUIRE(me != nullptr);
  CHECK(anna->min.y < me->min.y);
  CHECK(test.driver.Find("mark/7")->min.y < me->min.y);
  CHECK(test.driver.Find("mark/3")->min.y >= me->min.y);
}

TEST_CASE("who is hidden has neither a lane nor rows, who marks cannot be") {
  TestWindow test(TwoAnnotators());
  AnnotatorProfile me = *test.world.marks.annotators().Find("me");
  me.shown = false;
  test.world.marks.annotators().Put(me);
  test.driver.Frames(2);
  CHECK(test.driver.Find("lane/me") == nullptr);
  CHECK(test.driver.Find("mark/3") == nullptr);
  CHECK(test.driver.Find("mark_row/3") == nullptr);
  CHECK(test.driver.Find("mark_row/7") != nullptr);
  test.world.marks.annotators().SwitchTo("me");
  test.driver.Frames(2);
  CHECK(test.driver.Find("lane/me") != nullptr);
}

TEST_CASE("a key or one click lets another annotator mark") {
  TestWindow test(TwoAnnotators());
  test.driver.Tap(Key::kA);
  REQUIRE(test.log.Last<SwitchAnnotator>() != nullptr);
  CHECK(test.log.Last<SwitchAnnotator>()->name == "me");
  test.log.commands.clear();
  test.driver.Click("marks_as/me");
  REQUIRE(test.log.Last<SwitchAnnotator>() != nullptr);
  CHECK(test.log.Last<SwitchAnnotator>()->name == "me");
  test.log.commands.clear();
  test.driver.Click("marks_as/anna");
  CHECK(test.log.Count<SwitchAnnotator>() == 0);
}

TEST_CASE("alone, the key says that nobody else marks") {
  TestWindow test;
  test.driver.Tap(Key::kA);
  CHECK(test.log.Count<SwitchAnnotator>() == 0);
}

TEST_CASE("the menu of annotators adds, renames, shows, colours and blinds") {
  TestWindow test(TwoAnnotators());
  test.driver.Click("annotator_chip");
  test.driver.Frames(2);
  test.driver.Click("annotator/me");
  REQUIRE(test.log.Last<SwitchAnnotator>() != nullptr);
  CHECK(test.log.Last<SwitchAnnotator>()->name == "me");
  test.driver.Click("annotator_shown/me");
  REQUIRE(test.log.Last<SaveAnnotator>() != nullptr);
  CHECK(test.log.Last<SaveAnnotator>()->profile.name == "me");
  CHECK_FALSE(test.log.Last<SaveAnnotator>()->profile.shown);
  test.driver.Click("annotator_colour/5");
  CHECK(test.log.Last<SaveAnnotator>()->profile.name == "anna");
  CHECK(test.log.Last<SaveAnnotator>()->profile.colour == 5);
  test.driver.Click("annotator_blind");
  CHECK(test.log.Last<SaveAnnotator>()->profile.blind);
  test.log.commands.clear();
  test.driver.Click("annotator_new");
  test.driver.Type("Ben");
  test.driver.Tap(Key::kEnter);
  REQUIRE(test.log.Last<SaveAnnotator>() != nullptr);
  CHECK(test.log.Last<SaveAnnotator>()->profile.name == "Ben");
  CHECK(test.log.Last<SaveAnnotator>()->profile.blind);  // there are marks to be swayed by
  CHECK(test.log.Last<SwitchAnnotator>()->name == "Ben");
}

TEST_CASE("somebody new is not blind where nothing is marked yet") {
  TestWindow test{UiWorld(100)};
  test.driver.Click("annotators_menu");
  test.driver.Frames(2);
  test.driver.Click("annotator_new");
  test.driver.Type("Ben");
  test.driver.Click("annotator_add");
  REQUIRE(test.log.Last<SaveAnnotator>() != nullptr);
  CHECK_FALSE(test.log.Last<SaveAnnotator>()->profile.blind);
}

TEST_CASE("two annotators are not called the same") {
  TestWindow test(TwoAnnotators());
  test.driver.Click("annotator_chip");
  test.driver.Frames(2);
  test.driver.Click("annotator_title");
  test.driver.Tap(Chord{.key = Key::kA, .ctrl = true});
  test.driver.Type("me");
  test.driver.Tap(Key::kEnter);
  CHECK(test.log.Count<SaveAnnotator>() == 0);
  CHECK(test.log.Count<Tell>() == 1);
}

TEST_CASE("blind, nothing in Mark mode tells a cost or another annotator's marks") {
  TestWindow test(TwoAnnotators(true));
  CHECK(test.driver.Find("blind") != nullptr);
  CHECK(test.driver.Find("meter/cost") == nullptr);
  CHECK(test.driver.Find("meter/learned") == nullptr);
  CHECK(test.driver.Find("meter/kinds") == nullptr);
  CHECK(test.driver.Find("meter/return") != nullptr);
  CHECK(test.driver.Find("lane/me") == nullptr);
  CHECK(test.driver.Find("mark_row/3") == nullptr);
  CHECK(test.driver.Find("mark_row/7") != nullptr);
  CHECK(test.world.View().shown_predictions().cost.empty());
  test.world.mode = InputMode::kView;
  test.driver.Frames(2);
  CHECK(test.driver.Find("blind") == nullptr);
  CHECK(test.driver.Find("meter/cost") != nullptr);
  CHECK(test.driver.Find("lane/me") != nullptr);
}

TEST_CASE("blind is said in a small window too") {
  TestWindow test(TwoAnnotators(true), {640, 480});
  const RecordedItem* chip = test.driver.Find("blind");
  REQUIRE(chip != nullptr);
  CHECK(chip->max.x <= chip->clip_max.x);
}

TEST_CASE("a key writes a note on the moment that was on screen") {
  TestWindow test;
  test.world.pressed_at = Moment{EpisodeId{5}, 123};
  test.driver.Tap(Chord{.key = static_cast<Key>('N'), .ctrl = true});
  test.world.pressed_at.reset();
  test.driver.Frames(2);
  test.driver.Type("slips on the turn");
  CHECK(test.log.Count<BeginMark>() == 0);  // the letters are no shortcuts
  test.driver.Tap(Key::kEnter);
  REQUIRE(test.log.Last<WriteNote>() != nullptr);
  CHECK(test.log.Last<WriteNote>()->at.step == 123);
  CHECK(test.log.Last<WriteNote>()->text == "slips on the turn");
  test.driver.Frames(2);
  CHECK(test.driver.Find("note_text") == nullptr);
}

TEST_CASE("Escape gives a note up, and so does Enter without words") {
  for (const Key key : {Key::kEscape, Key::kEnter}) {
    TestWindow test;
    test.driver.Click("write_note");
    test.driver.Frames(2);
    REQUIRE(test.driver.Find("note_text") != nullptr);
    if (key == Key::kEscape) test.driver.Type("words");
    test.driver.Tap(key);
    test.driver.Frames(2);
    CHECK(test.driver.Find("note_text") == nullptr);
    CHECK(test.log.Count<WriteNote>() == 0);
  }
}

TEST_CASE("notes are flags on the timeline and rows of the list, and can be removed") {
  UiWorld world = UiWorld::Busy();
  const MarkId note = AddNote(world, EpisodeId{5}, 200, "brushed the vase");
  TestWindow test(std::move(world), {1600, 1200});
  const std::string flag = fmt::format("timeline/note/{}", note.value);
  const std::string row = fmt::format("note_row/{}", note.value);
  REQUIRE(test.driver.Find(flag) != nullptr);
  test.driver.ClickAt(test.driver.MiddleOf(flag));
  CHECK(test.log.Last<Seek>()->step == 200);
  CHECK(test.log.Last<SelectMark>()->id == note);
  test.log.commands.clear();
  test.driver.Tap(Key::kDelete);
  REQUIRE(test.log.Last<DeleteMark>() != nullptr);
  CHECK(test.log.Last<DeleteMark>()->id == note);
  test.driver.Click(row);
  CHECK(test.log.Last<Seek>()->step == 200);
}

TEST_CASE("a search lists the marks and notes that have its words") {
  UiWorld world = UiWorld::Busy();
  const MarkId vase = AddNote(world, EpisodeId{5}, 200, "brushed the vase");
  const MarkId other = AddNote(world, EpisodeId{5}, 300, "too fast");
  TestWindow test(std::move(world), {1600, 1200});
  const auto listed = [&](MarkId id) {
    return test.driver.Find(fmt::format("note_row/{}", id.value)) != nullptr;
  };
  CHECK(listed(vase));
  CHECK(listed(other));
  test.driver.Click("note_search");
  test.driver.Type("Vase");
  test.driver.Frames(2);
  CHECK(listed(vase));
  CHECK_FALSE(listed(other));
  CHECK(test.driver.Find("mark_row/3") == nullptr);
  test.driver.Tap(Chord{.key = Key::kA, .ctrl = true});
  test.driver.Type("corner");
  test.driver.Frames(2);
  CHECK_FALSE(listed(vase));
  CHECK(test.driver.Find("mark_row/3") != nullptr);  // by the note on the mark itself
  CHECK(test.driver.Find("nothing_found") == nullptr);
  test.driver.Tap(Chord{.key = Key::kA, .ctrl = true});
  test.driver.Type("bicycle");
  test.driver.Frames(2);
  CHECK(test.driver.Find("nothing_found") != nullptr);
  test.driver.Click("show_all_marks");
  test.driver.Frames(2);
  CHECK(listed(vase));
  CHECK(test.driver.Find("nothing_found") == nullptr);
}

TEST_CASE("the agreement panel asks to be measured, and goes to a disagreement by click and key") {
  TestWindow test;
  agents::AgreementReport report;
  report.annotators = {"anna", "me"};
  report.between.push_back({.first = "anna", .second = "me", .episodes = 1});
  using agents::StepVerdict;
  report.disagreements = {
      {EpisodeId{5}, 40, 96, {StepVerdict::kUnsafe, StepVerdict::kSafe}, 0.0},
      {EpisodeId{5}, 130, 140, {StepVerdict::kUnmarked, StepVerdict::kUnsafe}, 0.0}};
  test.driver.Click("tab/agreement");
  test.driver.Frames(2);
  CHECK(test.log.Count<MeasureAgreement>() > 0);
  test.world.agreement.report = std::make_shared<const agents::AgreementReport>(report);
  test.world.agreement.sequence = test.world.marks.marks().last_sequence();
  test.driver.Frames(2);
  test.log.commands.clear();
  test.driver.Frames(2);
  CHECK(test.log.Count<MeasureAgreement>() == 0);
  test.driver.Click("disagreement/1");
  REQUIRE(test.log.Last<ShowDisagreement>() != nullptr);
  CHECK(test.log.Last<ShowDisagreement>()->index == 1);
  test.driver.Tap(Key::kD);
  CHECK(test.log.Last<GoToDisagreement>()->direction == 1);
  test.driver.Tap(Chord{.key = Key::kD, .shift = true});
  CHECK(test.log.Last<GoToDisagreement>()->direction == -1);
}

TEST_CASE("who marks blind sees nothing of agreement") {
  TestWindow test(TwoAnnotators(true));
  test.driver.Click("tab/agreement");
  test.driver.Tap(Key::kD);
  CHECK(test.log.Count<MeasureAgreement>() == 0);
  CHECK(test.log.Count<GoToDisagreement>() == 0);
}

}  // namespace
}  // namespace lookout::ui
