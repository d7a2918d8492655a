// The window's marks: those that are on disk, and edits still on their way there. An edit shows at
// once as "saving" and as saved only when the project file has acknowledged it. Window thread only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agents/feedback/journal/feedback_journal.h"
#include "agents/feedback/kinds/danger_classes.h"
#include "ui/model/annotators.h"

namespace lookout::ui {

// An edit, and what it was about.
struct MarkEdit {
  agents::JournalOp op = agents::JournalOp::kAdd;  // kAdd, kRevise or kRetract
  agents::FeedbackRecord record;                   // as it is now, or as it was if it is gone
  std::int64_t made_unix_ms = 0;
  bool in_earlier_sitting = false;  // it was in the project when that was opened
  std::size_t made_together = 1;    // edits of the same act, this one included
};

class MarkStore {
 public:
  explicit MarkStore(std::string annotator = "me") : annotators_(std::move(annotator)) {}

  // The journal as the project file has it; replaces all other feedback. Whoever made any of it is
  // known as an annotator from then on.
  void Load(agents::FeedbackSet saved);

  // Each makes the next journal entry, to be sent to the project file, and shows its effect at
  // once. Undo and Redo give nothing when there is nothing of
  // this annotator's to undo.
  agents::JournalEntry Add(agents::Mark mark);  // id, annotator and time are filled in
  agents::JournalEntry Revise(const agents::Mark& mark);
  // The same of a record of any kind, whose content its kind accepts.
  agents::JournalEntry AddRecord(agents::FeedbackRecord record);
  agents::JournalEntry ReviseRecord(agents::FeedbackRecord record);
  agents::JournalEntry Retract(MarkId id);
  std::optional<agents::JournalEntry> Undo();
  std::optional<agents::JournalEntry> Redo();

  // New records by one act of this sitting, each of which its kind accepts.
  std::vector<agents::JournalEntry> AddTogether(std::vector<agents::FeedbackRecord> records);
  // As Undo and Redo, with all that was made by the same act.
  std::vector<agents::JournalEntry> UndoAct();
  std::vector<agents::JournalEntry> RedoAct();

  // The file has everything up to and including this sequence.
  void Acknowledge(std::int64_t sequence);

  // The edit that the newest entry is, or that it undoes or redoes. There must be an entry.
  MarkEdit NewestEdit() const;

  // Who marks; who makes the next entry is annotators().present().
  const Annotators& annotators() const { return annotators_; }
  Annotators& annotators() { return annotators_; }
  // What the classes of danger are called in this project.
  const agents::DangerClasses& danger_classes() const { return danger_classes_; }
  agents::DangerClasses& danger_classes() { return danger_classes_; }
  const std::string& annotator() const { return annotators_.present().name; }

  // Whether what that annotator said is to be seen by who marks; blind: who marks sees their own.
  bool Shows(const std::string& annotator, bool blind) const;

  // What Undo and Redo would take back and bring back; nothing: there is none of this annotator's.
  std::optional<std::int64_t> NextUndo() const { return shown_.NextUndo(annotator()); }
  std::optional<std::int64_t> NextRedo() const { return shown_.NextRedo(annotator()); }

  const agents::FeedbackSet& marks() const { return shown_; }
  std::int64_t saved_sequence() const { return saved_sequence_; }
  bool all_saved() const { return saved_sequence_ >= shown_.last_sequence(); }
  // Whether every edit of this mark is on disk.
  bool IsSaved(MarkId id) const;

 private:
  // Edits that one act made: their sequences, inclusive.
  struct Act {
    std::int64_t first = 0, last = 0;
    bool Has(std::int64_t sequence) const { return first <= sequence && sequence <= last; }
  };
  Act ActOf(std::int64_t sequence) const;
  agents::JournalEntry Push(agents::JournalEntry entry);

  Annotators annotators_;
  agents::DangerClasses danger_classes_;
  agents::FeedbackSet shown_;
  std::vector<Act> acts_;                     // of several edits each
  std::map<MarkId, std::int64_t> last_edit_;  // sequence of the newest edit not yet on disk
  std::int64_t saved_sequence_ = 0;
  std::int64_t loaded_sequence_ = 0;  // the last one of earlier sittings
};

}  // namespace lookout::ui
