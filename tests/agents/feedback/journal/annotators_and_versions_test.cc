// Journals of several people and of several versions of the program.
#include <doctest/doctest.h>

#include <string>

#include "tests/agents/feedback/journal/editor.h"

namespace lookout::agents {
namespace {

// What a version to come might write.
FeedbackRecord FromTheFuture(std::int64_t id) {
  return {.id = {id},
          .episodes = {{1}, {7}, {9}},
          .kind = "region",
          .version = 3,
          .content = std::string("\0\xff not even JSON", 17),
          .annotator = "ada"};
}

TEST_CASE("records of newer versions are carried untouched, undone and redone like any other") {
  Editor editor;
  REQUIRE(editor.Write({.op = JournalOp::kAdd, .record = FromTheFuture(1)}).ok());
  FeedbackRecord newer_mark = RecordOf(MakeMark(2));
  newer_mark.version = kMarkKind.version + 1;
  newer_mark.content = "{\"first_step\": \"halfway\"}";
  REQUIRE(editor.Write({.op = JournalOp::kAdd, .record = newer_mark}).ok());
  CHECK(editor.set.of_newer_versions() == 2);
  CHECK(editor.set.marks().empty());
  CHECK(editor.set.records().at({1}) == FromTheFuture(1));
  CHECK(editor.set.records().at({2}) == newer_mark);
  REQUIRE(editor.Undo().ok());
  CHECK(editor.set.of_newer_versions() == 1);
  REQUIRE(editor.Redo().ok());
  CHECK(editor.set.records().at({2}) == newer_mark);
}

TEST_CASE("a record keeps its kind, and its content has to make sense to it") {
  Editor editor;
  REQUIRE(editor.Add(MakeMark(1)).ok());
  FeedbackRecord other = FromTheFuture(1);
  CHECK(!editor.Write({.op = JournalOp::kRevise, .record = other}).ok());
  FeedbackRecord broken = RecordOf(MakeMark(2));
  for (const char* content : {"", "[]", "{", "{\"verdict\": \"perhaps\"}", "{\"danger\": 900}",
                              "{\"first_step\": 5}", "{\"severity\": 11}"}) {
    CAPTURE(content);
    broken.content = content;
    CHECK(!editor.Write({.op = JournalOp::kAdd, .record = broken}).ok());
  }
  broken = RecordOf(MakeMark(2));
  broken.episodes = {};
  CHECK(!editor.Write({.op = JournalOp::kAdd, .record = broken}).ok());
  CHECK(editor.set.last_sequence() == 1);
}

TEST_CASE("each annotator undoes what is theirs") {
  Editor editor;
  const auto by = [&](const char* who, JournalOp op, const Mark& mark) {
    return editor.Write({.op = op, .record = RecordOf(mark), .annotator = who}).ok();
  };
  const auto undo = [&](const char* who) {
    const auto target = editor.set.NextUndo(who).value_or(0);
    return editor.Write({.op = JournalOp::kUndo, .target = target, .annotator = who}).ok();
  };
  const auto redo = [&](const char* who) {
    const auto target = editor.set.NextRedo(who).value_or(0);
    return editor.Write({.op = JournalOp::kRedo, .target = target, .annotator = who}).ok();
  };
  REQUIRE(by("ada", JournalOp::kAdd, MakeMark(1)));
  REQUIRE(by("bob", JournalOp::kAdd, MakeMark(2)));
  REQUIRE(undo("ada"));  // although bob's edit came after it
  CHECK(!editor.set.marks().contains({1}));
  CHECK(editor.set.marks().contains({2}));
  REQUIRE(by("bob", JournalOp::kAdd, MakeMark(3)));
  REQUIRE(redo("ada"));  // bob's new mark does not forget what ada undid
  CHECK(editor.set.marks().contains({1}));

  // Somebody else's later edit of the same mark has to go first.
  REQUIRE(by("bob", JournalOp::kRevise, MakeMark(1, 12, 13)));
  CHECK(!editor.set.NextUndo("ada"));
  CHECK(!undo("ada"));
  REQUIRE(undo("bob"));
  REQUIRE(editor.set.NextUndo("ada") == 1);
  REQUIRE(undo("ada"));
  // What bob would bring back was about a mark that is gone.
  CHECK(!editor.set.NextRedo("bob"));
  CHECK(editor.set.NextRedo("ada") == 1);
}

}  // namespace
}  // namespace lookout::agents
