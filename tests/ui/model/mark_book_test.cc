#include "ui/model/mark_book.h"

#include <doctest/doctest.h>

namespace lookout::ui {
namespace {

agents::Mark Span(StepIndex first, StepIndex last) {
  return {.episode = EpisodeId{1}, .first_step = first, .last_step = last};
}

TEST_CASE("a new mark shows at once and counts as saved only when acknowledged") {
  MarkBook book("ada");
  const agents::JournalEntry entry = book.Add(Span(10, 20));
  CHECK(entry.sequence == 1);
  CHECK(entry.mark.annotator == "ada");
  CHECK(entry.mark.created_unix_ms > 0);
  REQUIRE(book.marks().marks().size() == 1);
  CHECK_FALSE(book.IsSaved(entry.mark.id));
  CHECK_FALSE(book.all_saved());

  book.Acknowledge(entry.sequence);
  CHECK(book.IsSaved(entry.mark.id));
  CHECK(book.all_saved());
}

TEST_CASE("an edit on its way makes the mark unsaved again") {
  MarkBook book;
  agents::Mark mark = book.Add(Span(1, 2)).mark;
  book.Acknowledge(1);
  mark.last_step = 9;
  book.Revise(mark);
  CHECK_FALSE(book.IsSaved(mark.id));
  book.Acknowledge(1);  // an old acknowledgement changes nothing
  CHECK_FALSE(book.IsSaved(mark.id));
  book.Acknowledge(2);
  CHECK(book.IsSaved(mark.id));
}

TEST_CASE("undo and redo are entries too, and give nothing when there is nothing") {
  MarkBook book;
  CHECK_FALSE(book.Undo().has_value());
  book.Add(Span(1, 2));
  const auto undo = book.Undo();
  REQUIRE(undo.has_value());
  CHECK(undo->sequence == 2);
  CHECK(undo->target == 1);
  CHECK(book.marks().marks().empty());
  CHECK_FALSE(book.Undo().has_value());
  REQUIRE(book.Redo().has_value());
  CHECK(book.marks().marks().size() == 1);
  CHECK_FALSE(book.Redo().has_value());
}

TEST_CASE("a loaded journal is saved, and its undo goes on where it was") {
  MarkBook first;
  agents::MarkSet stored;
  REQUIRE(stored.Apply(first.Add(Span(1, 2))).ok());
  REQUIRE(stored.Apply(first.Add(Span(5, 6))).ok());

  MarkBook reopened;
  reopened.Load(stored);
  CHECK(reopened.all_saved());
  REQUIRE(reopened.Undo().has_value());
  CHECK(reopened.marks().marks().size() == 1);
  CHECK(reopened.marks().marks().begin()->second.first_step == 1);
}

}  // namespace
}  // namespace lookout::ui
