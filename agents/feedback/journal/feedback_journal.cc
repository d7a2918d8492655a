#include "agents/feedback/journal/feedback_journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <tuple>

namespace lookout::agents {
namespace {

bool IsEdit(JournalOp op) {
  return op == JournalOp::kAdd || op == JournalOp::kRevise || op == JournalOp::kRetract;
}

Error Reject(const JournalEntry& entry, const std::string& cause) {
  return BadInput(fmt::format("Entry {} of the journal of feedback {}; it was left out.",
                              entry.sequence, cause));
}

}  // namespace

Status FeedbackSet::Apply(const JournalEntry& entry) {
  if (entry.sequence != last_sequence() + 1) {
    return Reject(entry, fmt::format("should have been number {}", last_sequence() + 1));
  }
  if (entry.op > JournalOp::kRedo) return Reject(entry, "has an operation unknown to this version");
  const Status status = IsEdit(entry.op) ? CheckEdit(entry) : CheckTarget(entry);
  if (!status) return status;

  entries_.push_back(entry);
  if (entry.op == JournalOp::kUndo) {
    Undo(Entry(entry.target));
  } else if (entry.op == JournalOp::kRedo) {
    Redo(Entry(entry.target));
  } else {
    redo_stacks_[entry.annotator].clear();
    Do(entries_.back());
  }
  return {};
}

Status FeedbackSet::CheckEdit(const JournalEntry& entry) const {
  const MarkId id = entry.record.id;
  const std::string name = fmt::format("record {}", id.value);
  if (entry.op == JournalOp::kAdd) {
    const bool fresh = id >= next_id_ && id.value < std::numeric_limits<std::int64_t>::max();
    if (!fresh) {
      return Reject(
          entry, fmt::format("adds {}, but new ones are numbered from {}", name, next_id_.value));
    }
  } else {
    const auto found = records_.find(id);
    if (found == records_.end()) {
      return Reject(entry, "changes " + name + ", which does not exist");
    }
    if (entry.op == JournalOp::kRetract) return {};
    if (found->second.kind != entry.record.kind) {
      return Reject(entry, "makes " + name + " a '" + entry.record.kind + "', it is a '" +
                               found->second.kind + "'");
    }
  }
  const Status sound = CheckContent(entry.record);
  return sound ? sound : Reject(entry, sound.error().message);
}

Status FeedbackSet::CheckTarget(const JournalEntry& entry) const {
  const bool undo = entry.op == JournalOp::kUndo;
  std::optional<std::int64_t> expected;
  if (entry.target >= 1 && entry.target <= last_sequence()) {
    const std::string& whose = Entry(entry.target).annotator;
    expected = undo ? NextUndo(whose) : NextRedo(whose);
  }
  if (expected && expected == entry.target) return {};
  return Reject(entry, fmt::format("{} entry {}, but {}", undo ? "undoes" : "redoes", entry.target,
                                   expected ? fmt::format("only entry {} can be", *expected)
                                            : std::string("there is none that can be")));
}

const JournalEntry& FeedbackSet::Entry(std::int64_t sequence) const {
  return entries_[static_cast<std::size_t>(sequence - 1)];
}

std::int64_t FeedbackSet::NewestEdit(MarkId id) const {
  const auto edits = edits_.find(id);
  return edits == edits_.end() || edits->second.empty() ? 0 : edits->second.back();
}

void FeedbackSet::Do(const JournalEntry& edit) {
  const MarkId id = edit.record.id;
  edits_[id].push_back(edit.sequence);
  undo_stacks_[edit.annotator].push_back(edit.sequence);
  next_id_ = std::max(next_id_, MarkId{id.value + 1});
  Show(id);
}

void FeedbackSet::Undo(const JournalEntry& edit) {
  const MarkId id = edit.record.id;
  undo_stacks_[edit.annotator].pop_back();
  edits_[id].pop_back();
  redo_stacks_[edit.annotator].push_back({edit.sequence, NewestEdit(id)});
  Show(id);
}

void FeedbackSet::Redo(const JournalEntry& edit) {
  redo_stacks_[edit.annotator].pop_back();
  Do(edit);
}

void FeedbackSet::Show(MarkId id) {
  const std::int64_t newest = NewestEdit(id);
  records_.erase(id);
  marks_.erase(id);
  pairs_.erase(id);
  if (newest == 0 || Entry(newest).op == JournalOp::kRetract) return;
  const FeedbackRecord& record = Entry(newest).record;
  records_.emplace(id, record);
  if (KindOf(record) == &kMarkKind) marks_.emplace(id, MarkOf(record).value());
  if (KindOf(record) == &kPreferenceKind) pairs_.emplace(id, PreferenceOf(record).value());
}

std::vector<Mark> FeedbackSet::OfEpisode(EpisodeId episode) const {
  std::vector<Mark> found;
  for (const auto& [id, mark] : marks_) {
    if (mark.episode == episode) found.push_back(mark);
  }
  std::ranges::sort(found, {},
                    [](const Mark& mark) { return std::tuple(mark.first_step, mark.id); });
  return found;
}

std::int64_t FeedbackSet::of_newer_versions() const {
  return std::ranges::count_if(records_,
                               [](const auto& record) { return KindOf(record.second) == nullptr; });
}

std::optional<std::int64_t> FeedbackSet::NextUndo(const std::string& annotator) const {
  const auto stack = undo_stacks_.find(annotator);
  if (stack == undo_stacks_.end() || stack->second.empty()) return std::nullopt;
  const std::int64_t sequence = stack->second.back();
  if (NewestEdit(Entry(sequence).record.id) != sequence) return std::nullopt;
  return sequence;
}

std::optional<std::int64_t> FeedbackSet::NextRedo(const std::string& annotator) const {
  const auto stack = redo_stacks_.find(annotator);
  if (stack == redo_stacks_.end() || stack->second.empty()) return std::nullopt;
  const Undone& undone = stack->second.back();
  if (NewestEdit(Entry(undone.sequence).record.id) != undone.below) return std::nullopt;
  return undone.sequence;
}

}  // namespace lookout::agents
