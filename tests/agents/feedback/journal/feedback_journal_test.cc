#include "agents/feedback/journal/feedback_journal.h"

#include <doctest/doctest.h>

#include <limits>
#include <random>

#include "tests/agents/feedback/journal/editor.h"

namespace lookout::agents {
namespace {

TEST_CASE("an added mark is there, a revised one is replaced, a retracted one is gone") {
  Editor editor;
  REQUIRE(editor.Add(MakeMark(1)).ok());
  CHECK(editor.set.marks().at({1}) == MakeMark(1));

  REQUIRE(editor.Edit(JournalOp::kRevise, MakeMark(1, 12, 15)).ok());
  CHECK(editor.set.marks().at({1}) == MakeMark(1, 12, 15));

  REQUIRE(editor.Edit(JournalOp::kRetract, MakeMark(1)).ok());
  CHECK(editor.set.marks().empty());
  CHECK(editor.set.entries().size() == 3);
}

TEST_CASE("undo walks back to the beginning and redo forward to the end") {
  Editor editor;
  REQUIRE(editor.Add(MakeMark(1)).ok());
  REQUIRE(editor.Edit(JournalOp::kRevise, MakeMark(1, 12, 15)).ok());
  REQUIRE(editor.Edit(JournalOp::kRetract, MakeMark(1)).ok());

  REQUIRE(editor.Undo().ok());
  CHECK(editor.set.marks().at({1}) == MakeMark(1, 12, 15));
  REQUIRE(editor.Undo().ok());
  CHECK(editor.set.marks().at({1}) == MakeMark(1));
  REQUIRE(editor.Undo().ok());
  CHECK(editor.set.marks().empty());
  CHECK(!editor.set.NextUndo("me"));
  CHECK(!editor.Undo().ok());

  for (int i = 0; i < 3; ++i) REQUIRE(editor.Redo().ok());
  CHECK(editor.set.marks().empty());
  CHECK(editor.set.NextUndo("me") == 3);
  CHECK(!editor.set.NextRedo("me"));
  CHECK(!editor.Redo().ok());
}

TEST_CASE("a new edit clears the redo list, and the journal still knows what was undone") {
  Editor editor;
  REQUIRE(editor.Add(MakeMark(1)).ok());
  REQUIRE(editor.Undo().ok());
  REQUIRE(editor.set.NextRedo("me") == 1);
  REQUIRE(editor.Add(MakeMark(2)).ok());
  CHECK(!editor.set.NextRedo("me"));
  CHECK(editor.set.entries()[0].record == RecordOf(MakeMark(1)));
}

TEST_CASE("an id is never used twice, not even after undo") {
  Editor editor;
  REQUIRE(editor.Add(MakeMark(5)).ok());
  REQUIRE(editor.Undo().ok());
  CHECK(editor.set.next_id() == MarkId{6});
  CHECK(!editor.Add(MakeMark(5)).ok());
  CHECK(editor.Add(MakeMark(6)).ok());
}

TEST_CASE("marks of an episode come in order of their first step") {
  Editor editor;
  REQUIRE(editor.Add(MakeMark(1, 30, 40)).ok());
  REQUIRE(editor.Add(MakeMark(2, 5, 50)).ok());
  Mark elsewhere = MakeMark(3);
  elsewhere.episode = {2};
  REQUIRE(editor.Add(elsewhere).ok());
  const std::vector<Mark> marks = editor.set.OfEpisode({1});
  REQUIRE(marks.size() == 2);
  CHECK(marks[0].id == MarkId{2});
  CHECK(marks[1].id == MarkId{1});
}

TEST_CASE("entries that make no sense are refused and change nothing") {
  Editor editor;
  REQUIRE(editor.Add(MakeMark(1)).ok());
  const auto refuses = [&](JournalEntry entry) {
    const Status status = editor.set.Apply(entry);
    return !status.ok() && status.error().code == ErrorCode::kBadInput &&
           editor.set.marks().size() == 1 && editor.set.last_sequence() == 1 &&
           editor.set.NextUndo("me") == 1;
  };
  const auto max_id = std::numeric_limits<std::int64_t>::max();

  CHECK(refuses({.sequence = 3, .record = RecordOf(MakeMark(2))}));
  CHECK(refuses({.sequence = 1, .record = RecordOf(MakeMark(2))}));
  CHECK(refuses({.sequence = 2, .record = RecordOf(MakeMark(1))}));
  CHECK(refuses({.sequence = 2, .record = RecordOf(MakeMark(0))}));
  CHECK(refuses({.sequence = 2, .record = RecordOf(MakeMark(max_id))}));
  CHECK(refuses({.sequence = 2, .record = RecordOf(MakeMark(2, 5, 4))}));
  CHECK(refuses({.sequence = 2, .record = RecordOf(MakeMark(2, -1, 4))}));
  CHECK(refuses({.sequence = 2, .op = JournalOp::kRevise, .record = RecordOf(MakeMark(2))}));
  CHECK(refuses({.sequence = 2, .op = JournalOp::kRevise, .record = RecordOf(MakeMark(1, 5, 4))}));
  CHECK(refuses({.sequence = 2, .op = JournalOp::kRetract, .record = RecordOf(MakeMark(2))}));
  CHECK(refuses({.sequence = 2, .op = JournalOp::kUndo, .target = 7}));
  CHECK(refuses({.sequence = 2, .op = JournalOp::kRedo, .target = 1}));
  CHECK(refuses({.sequence = 2, .op = static_cast<JournalOp>(9)}));
  Mark odd = MakeMark(2);
  odd.verdict = static_cast<Verdict>(7);
  CHECK(refuses({.sequence = 2, .record = RecordOf(odd)}));
}

TEST_CASE("a refusal names the entry and the cause") {
  FeedbackSet set;
  const Status status = set.Apply({.sequence = 4, .record = RecordOf(MakeMark(1))});
  REQUIRE(!status.ok());
  CHECK(status.error().message ==
        "Entry 4 of the journal of feedback should have been number 1; it was left out.");
}

// An editor that copies the whole set of marks before each edit.
struct NaiveEditor {
  std::map<MarkId, Mark> marks;
  std::vector<std::map<MarkId, Mark>> past;
  std::vector<std::map<MarkId, Mark>> future;

  void Remember() {
    past.push_back(marks);
    future.clear();
  }
  static void Travel(std::vector<std::map<MarkId, Mark>>& from,
                     std::vector<std::map<MarkId, Mark>>& to, std::map<MarkId, Mark>& present) {
    to.push_back(present);
    present = from.back();
    from.pop_back();
  }
};

// Makes the same random edit in both; returns whether there was one to make.
void RandomEdit(std::mt19937& random, Editor& editor, NaiveEditor& naive) {
  const auto draw = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const auto any_mark = [&] { return std::next(naive.marks.begin(), draw(naive.marks.size())); };
  const auto span_start = static_cast<StepIndex>(draw(900));
  switch (draw(6)) {
    case 0:
    case 1: {
      const Mark mark = MakeMark(editor.set.next_id().value, span_start, span_start + 9);
      naive.Remember();
      naive.marks[mark.id] = mark;
      REQUIRE(editor.Add(mark).ok());
      return;
    }
    case 2: {
      if (naive.marks.empty()) return;
      const Mark mark = MakeMark(any_mark()->first.value, span_start, span_start + 5);
      naive.Remember();
      naive.marks[mark.id] = mark;
      REQUIRE(editor.Edit(JournalOp::kRevise, mark).ok());
      return;
    }
    case 3: {
      if (naive.marks.empty()) return;
      const Mark mark = any_mark()->second;
      naive.Remember();
      naive.marks.erase(mark.id);
      REQUIRE(editor.Edit(JournalOp::kRetract, mark).ok());
      return;
    }
    case 4: {
      REQUIRE(editor.Undo().ok() == !naive.past.empty());
      if (!naive.past.empty()) NaiveEditor::Travel(naive.past, naive.future, naive.marks);
      return;
    }
    default: {
      REQUIRE(editor.Redo().ok() == !naive.future.empty());
      if (!naive.future.empty()) NaiveEditor::Travel(naive.future, naive.past, naive.marks);
      return;
    }
  }
}

TEST_CASE("random editing agrees with an editor that copies everything, also after a restart") {
  for (unsigned seed = 0; seed < 20; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    Editor editor;
    NaiveEditor naive;
    for (int i = 0; i < 400; ++i) {
      RandomEdit(random, editor, naive);
      REQUIRE(editor.set.marks() == naive.marks);
      REQUIRE(editor.set.NextUndo("me").has_value() == !naive.past.empty());
      REQUIRE(editor.set.NextRedo("me").has_value() == !naive.future.empty());
    }

    FeedbackSet restarted;
    for (const JournalEntry& entry : editor.set.entries()) REQUIRE(restarted.Apply(entry).ok());
    CHECK(restarted.marks() == naive.marks);
    CHECK(restarted.NextUndo("me") == editor.set.NextUndo("me"));
    CHECK(restarted.NextRedo("me") == editor.set.NextRedo("me"));
    CHECK(restarted.next_id() == editor.set.next_id());
  }
}

}  // namespace
}  // namespace lookout::agents
