#include "ui/model/mark_store.h"

#include <doctest/doctest.h>

namespace lookout::ui {
namespace {

agents::Mark Span(StepIndex first, StepIndex last) {
  return {.episode = EpisodeId{1}, .first_step = first, .last_step = last};
}

TEST_CASE("a new mark shows at once and counts as saved only when acknowledged") {
  MarkStore store("ada");
  const agents::JournalEntry entry = store.Add(Span(10, 20));
  CHECK(entry.sequence == 1);
  CHECK(entry.record.annotator == "ada");
  CHECK(entry.record.created_unix_ms > 0);
  REQUIRE(store.marks().marks().size() == 1);
  CHECK_FALSE(store.IsSaved(entry.record.id));
  CHECK_FALSE(store.all_saved());

  store.Acknowledge(entry.sequence);
  CHECK(store.IsSaved(entry.record.id));
  CHECK(store.all_saved());
}

TEST_CASE("an edit on its way makes the mark unsaved again") {
  MarkStore store;
  agents::Mark mark = MarkOf(store.Add(Span(1, 2)).record).value();
  store.Acknowledge(1);
  mark.last_step = 9;
  store.Revise(mark);
  CHECK_FALSE(store.IsSaved(mark.id));
  store.Acknowledge(1);  // an old acknowledgement changes nothing
  CHECK_FALSE(store.IsSaved(mark.id));
  store.Acknowledge(2);
  CHECK(store.IsSaved(mark.id));
}

TEST_CASE("undo and redo are entries too, and give nothing when there is nothing") {
  MarkStore store;
  CHECK_FALSE(store.Undo().has_value());
  store.Add(Span(1, 2));
  const auto undo = store.Undo();
  REQUIRE(undo.has_value());
  CHECK(undo->sequence == 2);
  CHECK(undo->target == 1);
  CHECK(store.marks().marks().empty());
  CHECK_FALSE(store.Undo().has_value());
  REQUIRE(store.Redo().has_value());
  CHECK(store.marks().marks().size() == 1);
  CHECK_FALSE(store.Redo().has_value());
}

TEST_CASE("a loaded journal is saved, and its undo goes on where it was") {
  MarkStore first;
  agents::FeedbackSet stored;
  REQUIRE(stored.Apply(first.Add(Span(1, 2))).ok());
  REQUIRE(stored.Apply(first.Add(Span(5, 6))).ok());

  MarkStore reopened;
  reopened.Load(stored);
  CHECK(reopened.all_saved());
  REQUIRE(reopened.Undo().has_value());
  CHECK(reopened.marks().marks().size() == 1);
  CHECK(reopened.marks().marks().begin()->second.first_step == 1);
}

TEST_CASE("undo takes back what this annotator did, not what another did after it") {
  MarkStore ada("ada");
  ada.Add(Span(1, 2));
  agents::FeedbackSet journal = ada.marks();
  const agents::JournalEntry others{
      .sequence = 2,
      .op = agents::JournalOp::kAdd,
      .record = agents::RecordOf({.id = MarkId{2}, .episode = EpisodeId{1}}),
      .annotator = "bob"};
  REQUIRE(journal.Apply(others).ok());
  ada.Load(journal);
  REQUIRE(ada.Undo());
  CHECK(ada.marks().marks().contains(MarkId{2}));
  CHECK_FALSE(ada.marks().marks().contains(MarkId{1}));
  CHECK(ada.NewestEdit().record.id == MarkId{1});
  CHECK_FALSE(ada.Undo());
}

TEST_CASE("what one act made is undone and redone in one, but for what was changed since") {
  MarkStore store;
  static_cast<void>(store.Add({.episode = EpisodeId{1}}));
  const agents::FeedbackRecord record = agents::RecordOf({.episode = EpisodeId{2}});
  CHECK(store.AddTogether({record, record, record}).size() == 3);
  CHECK(store.UndoAct().size() == 3);
  CHECK(store.NewestEdit().made_together == 3);
  CHECK(store.marks().marks().size() == 1);
  CHECK(store.RedoAct().size() == 3);
  CHECK(store.marks().marks().size() == 4);

  static_cast<void>(store.Retract(MarkId{3}));
  CHECK(store.UndoAct().size() == 1);  // the removal alone
  CHECK(store.NewestEdit().made_together == 1);
  CHECK(store.UndoAct().size() == 3);
  CHECK(store.UndoAct().size() == 1);
  CHECK(store.UndoAct().empty());
  CHECK(store.marks().marks().empty());
}

}  // namespace
}  // namespace lookout::ui
