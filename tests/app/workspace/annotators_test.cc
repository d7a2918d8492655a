// Several annotators in one window: who marks, what they see, and what the project keeps of them.
#include <doctest/doctest.h>

#include <string>

#include "agents/feedback/kinds/note.h"
#include "app/project/settings/annotators_file.h"
#include "app/project/settings/danger_classes_json.h"
#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {
namespace {

ui::AnnotatorProfile Somebody(const std::string& name, bool blind) {
  ui::AnnotatorProfile profile;
  profile.name = name;
  profile.blind = blind;
  return profile;
}

// Adds them and lets them mark.
void Enter(Watching& watching, const ui::AnnotatorProfile& profile) {
  watching.Do(ui::WindowCommand{ui::SaveAnnotator{profile}});
  watching.Do(ui::WindowCommand{ui::SwitchAnnotator{profile.name}});
}

agents::Mark NewestMark(const Watching& watching) {
  return MarkOf(watching.workers.journal().back().record).value();
}

TEST_CASE("what is marked and undone is of who marks now") {
  Watching watching;
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.Do(ui::MarkCommand{ui::EndMark{}});
  Enter(watching, Somebody("anna", false));
  CHECK_FALSE(watching.session.marks().NextUndo());
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.LiveAt(110);
  // An open mark is finished by whoever began it.
  watching.Do(ui::WindowCommand{ui::SwitchAnnotator{"me"}});
  CHECK(NewestMark(watching).annotator == "anna");
  CHECK(NewestMark(watching).last_step == 110);
  watching.Do(ui::MarkCommand{ui::Undo{}});
  CHECK(watching.session.marks().marks().marks().size() == 1);
  CHECK(watching.session.marks().marks().marks().begin()->second.annotator == "anna");
  watching.Do(ui::WindowCommand{ui::SwitchAnnotator{"nobody"}});
  CHECK(watching.session.marks().annotator() == "me");
}

TEST_CASE("each annotator has a reaction lag") {
  Watching watching;
  ui::AnnotatorProfile anna = Somebody("anna", false);
  anna.reaction_lag_s = 0.1;
  anna.release_lag_s = 0.04;
  Enter(watching, anna);
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.Do(ui::MarkCommand{ui::EndMark{}});
  CHECK(NewestMark(watching).reaction_lag_steps == 5);
  CHECK(NewestMark(watching).release_lag_steps == 2);
  watching.Do(ui::WindowCommand{ui::SwitchAnnotator{"me"}});
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.Do(ui::MarkCommand{ui::EndMark{}});
  CHECK(NewestMark(watching).reaction_lag_steps == 15);
}

TEST_CASE("who marks blind sees no costs in Mark mode, and every mark says so") {
  Watching watching;
  Enter(watching, Somebody("anna", true));
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kView}});
  CHECK_FALSE(watching.View().blind());
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kMark}});
  CHECK(watching.View().blind());
  CHECK(watching.View().shown_predictions().cost.empty());
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.Do(ui::MarkCommand{ui::EndMark{}});
  CHECK(NewestMark(watching).on_screen.blind);
  CHECK_FALSE(NewestMark(watching).on_screen.model);
  watching.Do(
      ui::MarkCommand{ui::AddMark{{.episode = EpisodeId{1}, .first_step = 10, .last_step = 20}}});
  CHECK(NewestMark(watching).on_screen.blind);
  CHECK(NewestMark(watching).on_screen.mode == "live");
}

TEST_CASE("a mark is not blind if costs were seen when it began, while it was made, or later") {
  Watching watching;
  Enter(watching, Somebody("anna", true));
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kView}});
  // X in View mode goes to Mark mode in the same moment, with the costs just seen.
  watching.session.Send(ui::WindowCommand{ui::SetMode{ui::InputMode::kMark}});
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.Do(ui::MarkCommand{ui::EndMark{}});
  CHECK_FALSE(NewestMark(watching).on_screen.blind);

  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kView}});
  watching.Frame();
  watching.Do(ui::MarkCommand{ui::EndMark{}});
  CHECK_FALSE(NewestMark(watching).on_screen.blind);

  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kMark}});
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.Do(ui::MarkCommand{ui::EndMark{}});
  agents::Mark mark = NewestMark(watching);
  REQUIRE(mark.on_screen.blind);
  mark.last_step += 5;
  watching.Do(ui::MarkCommand{ui::ReviseMark{mark}});
  CHECK(NewestMark(watching).on_screen.blind);
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kView}});
  mark.last_step += 5;
  watching.Do(ui::MarkCommand{ui::ReviseMark{mark}});
  CHECK_FALSE(NewestMark(watching).on_screen.blind);
}

TEST_CASE("a note is of its moment and its author, can be undone, and needs words") {
  Watching watching;
  watching.Do(ui::MarkCommand{ui::WriteNote{{EpisodeId{1}, 42}, "   "}});
  CHECK(watching.workers.journal().empty());
  watching.Do(ui::MarkCommand{ui::WriteNote{{EpisodeId{1}, 42}, "slips here"}});
  REQUIRE(watching.workers.journal().size() == 1);
  const agents::FeedbackRecord record = watching.workers.journal().back().record;
  const agents::Note note = NoteOf(record).value();
  CHECK(note.episode == EpisodeId{1});
  CHECK(note.step == 42);
  CHECK(note.text == "slips here");
  CHECK(record.annotator == "me");
  CHECK(record.on_screen.mode == "live");
  watching.Do(ui::MarkCommand{ui::DeleteMark{record.id}});
  CHECK(watching.session.marks().marks().records().empty());
  watching.Do(ui::MarkCommand{ui::Undo{}});
  CHECK(watching.session.marks().marks().records().size() == 1);
  watching.Do(ui::MarkCommand{ui::Undo{}});
  CHECK(watching.session.marks().marks().records().empty());
}

TEST_CASE("annotators come back as they were kept") {
  ui::Annotators annotators;
  ui::AnnotatorProfile anna = Somebody("anna", true);
  anna.title = "Anna K.";
  anna.colour = 4;
  anna.reaction_lag_s = 0.21;
  anna.release_lag_s = 0.12;
  anna.shown = false;
  annotators.Put(anna);
  annotators.Know("oracle");
  annotators.SwitchTo("anna");
  const ui::Annotators again = AnnotatorsFromText(AnnotatorsText(annotators), 0.3);
  REQUIRE(again.all().size() == 3);
  for (std::size_t i = 0; i < 3; ++i) CHECK(again.all()[i] == annotators.all()[i]);
  CHECK(again.present() == anna);
}

TEST_CASE(
    "a project of before has \"me\" with the lag that it kept, as one whose text is damaged") {
  for (const char* text : {"", "[]", "{\"profiles\":7}", "{\"profiles\":[{\"name\":3},7]}", "{"}) {
    CAPTURE(text);
    const ui::Annotators annotators = AnnotatorsFromText(text, 0.45);
    REQUIRE(annotators.all().size() == 1);
    CHECK(annotators.present().name == "me");
    CHECK(annotators.present().reaction_lag_s == 0.45);
    CHECK(annotators.present().release_lag_s == 0.45);
    CHECK_FALSE(annotators.present().blind);
  }
  const ui::Annotators odd = AnnotatorsFromText(
      R"({"present":"gone","profiles":[{"name":"a","colour":99,"reaction_lag":-4}]})", 0.3);
  REQUIRE(odd.all().size() == 2);
  CHECK(odd.present().name == "me");
  CHECK(odd.all()[1].colour == ui::kAnnotatorColours - 1);
  CHECK(odd.all()[1].reaction_lag_s == 0.0);
  const ui::Annotators one_lag =
      AnnotatorsFromText(R"({"present":"a","profiles":[{"name":"a","reaction_lag":0.4}]})", 0.3);
  CHECK(one_lag.present().release_lag_s == 0.4);
}

TEST_CASE("a danger class is called as the project says, which keeps that") {
  Watching watching;
  watching.Do(ui::WindowCommand{ui::NameDangerClass{6, "Too close to a wall"}});
  CHECK(watching.View().marks.danger_classes().NameOf(6) == "Too close to a wall");
  const auto* saved = std::get_if<SaveSetting>(&watching.workers.write_requests.back());
  REQUIRE(saved != nullptr);
  CHECK(saved->key == kDangerClassesSetting);
  CHECK(DangerClassesFromText(saved->value).NameOf(6) == "Too close to a wall");
  const std::size_t requests = watching.workers.write_requests.size();
  watching.Do(ui::WindowCommand{ui::NameDangerClass{6, "Too close to a wall "}});
  CHECK(watching.workers.write_requests.size() == requests);
}

TEST_CASE("how bad a mark is can be said and undone, and is of what is unsafe alone") {
  Watching watching;
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.Do(ui::MarkCommand{ui::EndMark{}});
  agents::Mark mark = NewestMark(watching);
  mark.severity = 7;
  watching.Do(ui::MarkCommand{ui::ReviseMark{mark}});
  CHECK(NewestMark(watching).severity == 7);
  watching.Do(ui::MarkCommand{ui::Undo{}});
  const auto& marks = watching.session.marks().marks().marks();
  CHECK(marks.at(mark.id).severity == agents::kNoSeverity);
  watching.Do(ui::MarkCommand{ui::Redo{}});
  CHECK(marks.at(mark.id).severity == 7);
  mark.verdict = agents::Verdict::kSafe;
  watching.Do(ui::MarkCommand{ui::ReviseMark{mark}});
  CHECK(NewestMark(watching).severity == agents::kNoSeverity);
}

}  // namespace
}  // namespace lookout::app
