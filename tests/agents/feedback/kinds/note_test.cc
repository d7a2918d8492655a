#include "agents/feedback/kinds/note.h"

#include <doctest/doctest.h>

#include <utility>
#include <vector>

#include "agents/feedback/journal/feedback_journal.h"
#include "agents/feedback/targets/step_opinions.h"

namespace lookout::agents {
namespace {

FeedbackRecord RecordOfNote(const Note& note) {
  FeedbackRecord record{.id = {1}};
  SetContent(note, record);
  return record;
}

TEST_CASE("a note survives its record and says nothing for training") {
  const Note note{{7}, 31, "Brushed the \"vase\" \xc3\xa4"};
  const FeedbackRecord record = RecordOfNote(note);
  CHECK(record.kind == "note");
  CHECK(record.version == 1);
  CHECK(record.episodes == std::vector<EpisodeId>{{7}});
  REQUIRE(NoteOf(record));
  CHECK(*NoteOf(record) == note);
  const std::vector<std::pair<EpisodeId, StepIndex>> lengths{{{7}, 100}};
  StepOpinions opinions(lengths);
  kNoteKind.tell_targets(record, opinions);
  CHECK(opinions.steps().empty());
  CHECK(opinions.pairs().empty());
}

TEST_CASE("notes without words, before the reset or on no one episode are refused") {
  CHECK(CheckContent(RecordOfNote({{1}, 0, " \n"})).error().message == "is a note without words");
  CHECK(CheckContent(RecordOfNote({{1}, -1, "a"})).error().message == "notes step -1");
  FeedbackRecord record = RecordOfNote({{1}, 0, "a"});
  record.episodes.clear();
  CHECK(CheckContent(record).error().message == "notes 0 episodes, expected one");
  record.version = 2;
  CHECK(KindOf(record) == nullptr);
  CHECK(CheckContent(record));
}

TEST_CASE("the journal keeps notes beside marks and takes them back") {
  FeedbackSet set;
  const FeedbackRecord record = RecordOfNote({{1}, 3, "odd"});
  REQUIRE(set.Apply({.sequence = 1, .record = record, .annotator = "me"}));
  CHECK(set.records().at({1}) == record);
  CHECK(set.marks().empty());
  CHECK(set.of_newer_versions() == 0);
  REQUIRE(set.Apply({.sequence = 2, .op = JournalOp::kUndo, .target = 1, .annotator = "me"}));
  CHECK(set.records().empty());
}

TEST_CASE("a search finds every word, in any order, in capitals or not") {
  CHECK(HasWords("Brushed the VASE", "vase  brush"));
  CHECK_FALSE(HasWords("Brushed the VASE", "vase gremlin"));
  CHECK(HasWords("\xc3\x84rger", "\xc3\xa4RGER"));
  CHECK_FALSE(HasWords("2 \xc3\x97 3", "\xc3\xb7"));
  CHECK(HasWords("anything", " "));
  CHECK_FALSE(HasWords("", "a"));
}

}  // namespace
}  // namespace lookout::agents
