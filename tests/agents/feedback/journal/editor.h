// Marks, and somebody who edits them, for tests of the journal.
#pragma once

#include <cstdint>

#include "agents/feedback/journal/feedback_journal.h"

namespace lookout::agents {

inline Mark MakeMark(std::int64_t id, StepIndex first = 10, StepIndex last = 20) {
  Mark mark;
  mark.id = {id};
  mark.episode = {1};
  mark.first_step = first;
  mark.last_step = last;
  return mark;
}

// Writes entries as the application does: numbered, checked, kept.
class Editor {
 public:
  Status Edit(JournalOp op, const Mark& mark) {
    return Write({.op = op, .record = RecordOf(mark)});
  }
  Status Add(const Mark& mark) { return Edit(JournalOp::kAdd, mark); }
  Status Undo() {
    return Write({.op = JournalOp::kUndo, .target = set.NextUndo("me").value_or(0)});
  }
  Status Redo() {
    return Write({.op = JournalOp::kRedo, .target = set.NextRedo("me").value_or(0)});
  }
  Status Write(JournalEntry entry) {
    entry.sequence = set.last_sequence() + 1;
    if (entry.annotator.empty()) entry.annotator = "me";
    return set.Apply(entry);
  }

  FeedbackSet set;
};

}  // namespace lookout::agents
