// Marks as an append-only journal: the set of marks is a pure fold over its entries, undo and redo
// are entries too, so nothing a person did is ever lost. Value types; any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/journal/mark.h"
#include "sim/base/result.h"

namespace lookout::agents {

enum class JournalOp : std::uint8_t {
  kAdd,      // `mark` is new
  kRevise,   // `mark` replaces the mark of the same id
  kRetract,  // the mark with `mark.id` is removed
  kUndo,     // the entry `target` no longer counts
  kRedo,     // the entry `target`, undone before, counts again
};

struct JournalEntry {
  std::int64_t sequence = 0;  // 1, 2, 3, ... without gaps
  JournalOp op = JournalOp::kAdd;
  Mark mark;                // kAdd, kRevise: whole; kRetract: only the id
  std::int64_t target = 0;  // kUndo, kRedo: sequence of the entry meant
  std::int64_t unix_ms = 0;
  std::string annotator;
};

// The marks that the entries leave, in order of their ids, plus what undo and redo would do next.
// Undo is a stack, as in every editor: an edit is undone only after all later ones are.
class MarkSet {
 public:
  // Takes the next entry. Rejects (kBadInput) gaps in the sequence, unknown or reused ids, spans
  // with last < first or first < 0, and undo (redo) of anything but NextUndo() (NextRedo()); the
  // set is unchanged then. O(log n).
  Status Apply(const JournalEntry& entry);

  const std::map<MarkId, Mark>& marks() const { return marks_; }
  std::vector<Mark> OfEpisode(EpisodeId episode) const;  // ordered by first_step, then id

  // Sequence of the edit that an undo would take back (a redo would bring back), if there is one.
  // A new edit clears the redo list; the journal itself keeps what was on it.
  std::optional<std::int64_t> NextUndo() const;
  std::optional<std::int64_t> NextRedo() const;

  std::int64_t last_sequence() const { return static_cast<std::int64_t>(entries_.size()); }
  MarkId next_mark_id() const { return next_mark_id_; }  // above every id ever used
  std::span<const JournalEntry> entries() const { return entries_; }

 private:
  // An edit that counts, with what the mark was before it.
  struct Edit {
    std::int64_t sequence = 0;
    std::optional<Mark> before;
  };

  Status CheckEdit(const JournalEntry& entry) const;
  Status CheckTarget(const JournalEntry& entry) const;
  void Do(const JournalEntry& edit);
  void Undo();
  void Redo();

  std::vector<JournalEntry> entries_;
  std::vector<Edit> undo_stack_;          // newest last
  std::vector<std::int64_t> redo_stack_;  // sequences, next one last
  std::map<MarkId, Mark> marks_;
  MarkId next_mark_id_{1};
};

}  // namespace lookout::agents
