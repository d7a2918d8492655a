// The window's marks: those that are on disk, and edits still on their way there. An edit shows at
// once as "saving" and as saved only when the project file has acknowledged it. Window thread only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agents/feedback/journal/feedback_journal.h"

namespace lookout::ui {

// A person's usual delay between seeing and pressing, and the longest that is believed.
inline constexpr double kReactionLag_s = 0.3;
inline constexpr double kMostReactionLag_s = 2.0;

class MarkStore {
 public:
  explicit MarkStore(std::string annotator = "me") : annotator_(std::move(annotator)) {}

  // The journal as the project file has it; replaces everything.
  void Load(agents::FeedbackSet saved);

  // Each makes the next journal entry, to be sent to the project file, and shows its effect at
  // once. Undo and Redo give nothing when there is nothing of
  // this annotator's to undo.
  agents::JournalEntry Add(agents::Mark mark);  // id, annotator and time are filled in
  agents::JournalEntry Revise(const agents::Mark& mark);
  agents::JournalEntry Retract(MarkId id);
  std::optional<agents::JournalEntry> Undo();
  std::optional<agents::JournalEntry> Redo();

  // The file has everything up to and including this sequence.
  void Acknowledge(std::int64_t sequence);

  // The record that the newest entry is about, as it is now, or as it was if it is gone. There must
  // be an entry.
  agents::FeedbackRecord NewestEdited() const;

  const std::string& annotator() const { return annotator_; }
  // The annotator's, of marks made from now on; clamped to 0 to kMostReactionLag_s, NaN is ignored.
  double reaction_lag_s() const { return reaction_lag_s_; }
  void set_reaction_lag_s(double lag_s);

  // What Undo and Redo would take back and bring back; nothing: there is none of this annotator's.
  std::optional<std::int64_t> NextUndo() const { return shown_.NextUndo(annotator_); }
  std::optional<std::int64_t> NextRedo() const { return shown_.NextRedo(annotator_); }

  const agents::FeedbackSet& marks() const { return shown_; }
  std::int64_t saved_sequence() const { return saved_sequence_; }
  bool all_saved() const { return saved_sequence_ >= shown_.last_sequence(); }
  // Whether every edit of this mark is on disk.
  bool IsSaved(MarkId id) const;

 private:
  agents::JournalEntry Push(agents::JournalEntry entry);

  std::string annotator_;
  double reaction_lag_s_ = kReactionLag_s;
  agents::FeedbackSet shown_;
  std::map<MarkId, std::int64_t> last_edit_;  // sequence of the newest edit not yet on disk
  std::int64_t saved_sequence_ = 0;
};

}  // namespace lookout::ui
