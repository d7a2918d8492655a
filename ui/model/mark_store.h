// The window's marks: those that are on disk, and edits still on their way there. An edit shows at
// once as "saving" and as saved only when the project file has acknowledged it. Window thread only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agents/feedback/journal/mark_journal.h"

namespace lookout::ui {

class MarkStore {
 public:
  explicit MarkStore(std::string annotator = "me") : annotator_(std::move(annotator)) {}

  // The journal as the project file has it; replaces everything.
  void Load(agents::MarkSet saved);

  // Each makes the next journal entry, to be sent to the project file, and shows its effect at
  // once. Undo and Redo give nothing when there is nothing to undo.
  agents::JournalEntry Add(agents::Mark mark);  // id, annotator and time are filled in
  agents::JournalEntry Revise(const agents::Mark& mark);
  agents::JournalEntry Retract(MarkId id);
  std::optional<agents::JournalEntry> Undo();
  std::optional<agents::JournalEntry> Redo();

  // The file has everything up to and including this sequence.
  void Acknowledge(std::int64_t sequence);

  // The mark that the newest entry is about, as it is now, or as it was if it is gone. There must
  // be an entry.
  agents::Mark NewestEdited() const;

  const agents::MarkSet& marks() const { return shown_; }
  std::int64_t saved_sequence() const { return saved_sequence_; }
  bool all_saved() const { return saved_sequence_ >= shown_.last_sequence(); }
  // Whether every edit of this mark is on disk.
  bool IsSaved(MarkId id) const;

 private:
  agents::JournalEntry Push(agents::JournalEntry entry);

  std::string annotator_;
  agents::MarkSet shown_;
  std::map<MarkId, std::int64_t> last_edit_;  // sequence of the newest edit not yet on disk
  std::int64_t saved_sequence_ = 0;
};

}  // namespace lookout::ui
