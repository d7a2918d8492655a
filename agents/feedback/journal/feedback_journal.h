// Feedback as an append-only journal: what counts is a pure fold over its entries, undo and redo
// are entries too, so nothing a person did is ever lost. Value types; any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/kinds/mark.h"
#include "agents/feedback/kinds/preference.h"
#include "sim/base/result.h"

namespace lookout::agents {

enum class JournalOp : std::uint8_t {
  kAdd,      // `record` is new
  kRevise,   // `record` replaces the record of the same id and kind
  kRetract,  // the record with `record.id` is removed
  kUndo,     // the entry `target` no longer counts
  kRedo,     // the entry `target`, undone before, counts again
};

struct JournalEntry {
  std::int64_t sequence = 0;  // 1, 2, 3, ... without gaps
  JournalOp op = JournalOp::kAdd;
  FeedbackRecord record;    // kAdd, kRevise: whole; kRetract: only the id
  std::int64_t target = 0;  // kUndo, kRedo: sequence of the entry meant
  std::int64_t unix_ms = 0;
  std::string annotator;  // who made the entry
};

// The records that the entries leave, in order of their ids, plus what undo and redo would do next.
// Undo is a stack for each annotator, as in every editor: a person's edit is undone only after that
// person's later ones are, and not while somebody else's later edit of the same record stands.
class FeedbackSet {
 public:
  // Takes the next entry. Rejects (kBadInput) gaps in the sequence, unknown or reused ids, content
  // that its kind refuses, and undo (redo) of anything but what its annotator would undo (redo)
  // next; the set is unchanged then. Content of newer versions passes, see feedback_kind.h.
  // O(log n).
  Status Apply(const JournalEntry& entry);

  const std::map<MarkId, FeedbackRecord>& records() const { return records_; }
  // Those that are marks.
  const std::map<MarkId, Mark>& marks() const { return marks_; }
  // Those that compare two clips.
  const std::map<MarkId, Preference>& pairs() const { return pairs_; }
  std::vector<Mark> OfEpisode(EpisodeId episode) const;  // marks by first_step, then id
  // How many records a newer version made: kept, but not understood.
  std::int64_t of_newer_versions() const;

  // Sequence of the annotator's edit that an undo would take back (a redo would bring back), if
  // there is one. A new edit clears the annotator's redo list; the journal itself keeps what was on
  // it.
  std::optional<std::int64_t> NextUndo(const std::string& annotator) const;
  std::optional<std::int64_t> NextRedo(const std::string& annotator) const;

  std::int64_t last_sequence() const { return static_cast<std::int64_t>(entries_.size()); }
  MarkId next_id() const { return next_id_; }  // above every id ever used
  std::span<const JournalEntry> entries() const { return entries_; }
  // All of them, for somebody who needs nothing else of the set.
  std::vector<JournalEntry> TakeEntries() && { return std::move(entries_); }

 private:
  // An undone edit, and the edit of its record (0: none) that counted below it.
  struct Undone {
    std::int64_t sequence = 0;
    std::int64_t below = 0;
  };

  Status CheckEdit(const JournalEntry& entry) const;
  Status CheckTarget(const JournalEntry& entry) const;
  const JournalEntry& Entry(std::int64_t sequence) const;
  std::int64_t NewestEdit(MarkId id) const;  // that counts; 0: none
  void Do(const JournalEntry& edit);
  void Undo(const JournalEntry& edit);
  void Redo(const JournalEntry& edit);
  // Brings the record up to its newest edit.
  void Show(MarkId id);

  std::vector<JournalEntry> entries_;
  std::map<MarkId, std::vector<std::int64_t>> edits_;  // that count, of each record, newest last
  std::map<std::string, std::vector<std::int64_t>> undo_stacks_;  // by annotator, newest last
  std::map<std::string, std::vector<Undone>> redo_stacks_;        // next one last
  std::map<MarkId, FeedbackRecord> records_;
  std::map<MarkId, Mark> marks_;
  std::map<MarkId, Preference> pairs_;
  MarkId next_id_{1};
};

}  // namespace lookout::agents
