#include "agents/feedback/journal/mark_journal.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace lookout::agents {
namespace {

bool IsEdit(JournalOp op) {
  return op == JournalOp::kAdd || op == JournalOp::kRevise || op == JournalOp::kRetract;
}

Error Reject(const JournalEntry& entry, const std::string& cause) {
  return BadInput("Entry " + std::to_string(entry.sequence) + " of the mark journal " + cause +
                  "; it was left out.");
}

Status CheckContent(const JournalEntry& entry) {
  const Mark& mark = entry.mark;
  if (mark.first_step < 0 || mark.last_step < mark.first_step) {
    return Reject(entry, "marks steps " + std::to_string(mark.first_step) + " to " +
                             std::to_string(mark.last_step) + ", which is not a span");
  }
  if (mark.verdict > Verdict::kUnsure) {
    return Reject(entry, "has a verdict that is none of unsafe, safe and not sure");
  }
  return {};
}

}  // namespace

Status MarkSet::Apply(const JournalEntry& entry) {
  if (entry.sequence != last_sequence() + 1) {
    return Reject(entry, "should have been number " + std::to_string(last_sequence() + 1));
  }
  if (entry.op > JournalOp::kRedo) return Reject(entry, "has an operation unknown to this version");
  const Status status = IsEdit(entry.op) ? CheckEdit(entry) : CheckTarget(entry);
  if (!status) return status;

  entries_.push_back(entry);
  if (entry.op == JournalOp::kUndo) {
    Undo();
  } else if (entry.op == JournalOp::kRedo) {
    Redo();
  } else {
    redo_stack_.clear();
    Do(entries_.back());
  }
  return {};
}

Status MarkSet::CheckEdit(const JournalEntry& entry) const {
  const MarkId id = entry.mark.id;
  const std::string name = "mark " + std::to_string(id.value);
  if (entry.op == JournalOp::kAdd) {
    const bool fresh = id >= next_mark_id_ && id.value < std::numeric_limits<std::int64_t>::max();
    if (!fresh) {
      return Reject(entry, "adds " + name + ", but new marks are numbered from " +
                               std::to_string(next_mark_id_.value));
    }
  } else if (!marks_.contains(id)) {
    return Reject(entry, "changes " + name + ", which does not exist");
  }
  return entry.op == JournalOp::kRetract ? Status{} : CheckContent(entry);
}

Status MarkSet::CheckTarget(const JournalEntry& entry) const {
  const bool undo = entry.op == JournalOp::kUndo;
  const std::optional<std::int64_t> expected = undo ? NextUndo() : NextRedo();
  if (expected == entry.target) return {};
  return Reject(entry, std::string(undo ? "undoes" : "redoes") + " entry " +
                           std::to_string(entry.target) + ", but " +
                           (expected ? "only entry " + std::to_string(*expected) + " can be"
                                     : std::string("there is none that can be")));
}

void MarkSet::Do(const JournalEntry& edit) {
  const MarkId id = edit.mark.id;
  const auto found = marks_.find(id);
  undo_stack_.push_back(
      {edit.sequence, found == marks_.end() ? std::nullopt : std::optional(found->second)});
  if (edit.op == JournalOp::kRetract) {
    marks_.erase(id);
  } else {
    marks_.insert_or_assign(id, edit.mark);
  }
  next_mark_id_ = std::max(next_mark_id_, MarkId{id.value + 1});
}

void MarkSet::Undo() {
  const Edit edit = std::move(undo_stack_.back());
  undo_stack_.pop_back();
  redo_stack_.push_back(edit.sequence);
  const MarkId id = entries_[static_cast<std::size_t>(edit.sequence - 1)].mark.id;
  if (edit.before) {
    marks_.insert_or_assign(id, *edit.before);
  } else {
    marks_.erase(id);
  }
}

void MarkSet::Redo() {
  const std::int64_t sequence = redo_stack_.back();
  redo_stack_.pop_back();
  Do(entries_[static_cast<std::size_t>(sequence - 1)]);
}

std::vector<Mark> MarkSet::OfEpisode(EpisodeId episode) const {
  std::vector<Mark> found;
  for (const auto& [id, mark] : marks_) {
    if (mark.episode == episode) found.push_back(mark);
  }
  std::ranges::sort(found, {},
                    [](const Mark& mark) { return std::tuple(mark.first_step, mark.id); });
  return found;
}

std::optional<std::int64_t> MarkSet::NextUndo() const {
  if (undo_stack_.empty()) return std::nullopt;
  return undo_stack_.back().sequence;
}

std::optional<std::int64_t> MarkSet::NextRedo() const {
  if (redo_stack_.empty()) return std::nullopt;
  return redo_stack_.back();
}

}  // namespace lookout::agents
