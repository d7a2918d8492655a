// Marks as an append-only journal: the set of marks is a pure fold over its entries, undo and redo
// are entries too, so nothing a person did is ever lost. Value types; any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/mark.h"
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
class MarkSet {
 public:
  // Takes the next entry. Refuses (kBadInput) gaps in the sequence, unknown targets and ids, spans
  // with last < first or first < 0; the set is unchanged then. O(log n) but for undo and redo.
  Status Apply(const JournalEntry& entry);

  const std::map<MarkId, Mark>& marks() const { return marks_; }
  std::vector<Mark> OfEpisode(EpisodeId episode) const;  // ordered by first_step

  // Entry that an undo (redo) by this annotator would take back (bring back), if there is one. A
  // new edit clears the redo list, as every editor does.
  std::optional<std::int64_t> NextUndo() const;
  std::optional<std::int64_t> NextRedo() const;

  std::int64_t last_sequence() const { return static_cast<std::int64_t>(entries_.size()); }
  MarkId next_mark_id() const { return next_mark_id_; }
  std::span<const JournalEntry> entries() const { return entries_; }

 private:
  void Rebuild();

  std::vector<JournalEntry> entries_;
  std::vector<bool> undone_;              // by index of entry
  std::vector<std::int64_t> undo_stack_;  // sequences of edits, newest last
  std::vector<std::int64_t> redo_stack_;
  std::map<MarkId, Mark> marks_;
  MarkId next_mark_id_{1};
};

}  // namespace lookout::agents
