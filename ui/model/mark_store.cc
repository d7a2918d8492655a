#include "ui/model/mark_store.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "sim/base/check.h"

namespace lookout::ui {
namespace {

std::int64_t UnixMilliseconds() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace

void MarkStore::Load(agents::FeedbackSet saved) {
  shown_ = std::move(saved);
  saved_sequence_ = shown_.last_sequence();
  last_edit_.clear();
}

void MarkStore::set_reaction_lag_s(double lag_s) {
  if (!std::isnan(lag_s)) reaction_lag_s_ = std::clamp(lag_s, 0.0, kMostReactionLag_s);
}

agents::JournalEntry MarkStore::Add(agents::Mark mark) {
  mark.id = shown_.next_id();
  mark.annotator = annotator_;
  mark.created_unix_ms = UnixMilliseconds();
  return Push({.op = agents::JournalOp::kAdd, .record = RecordOf(mark)});
}

agents::JournalEntry MarkStore::Revise(const agents::Mark& mark) {
  return Push({.op = agents::JournalOp::kRevise, .record = RecordOf(mark)});
}

agents::JournalEntry MarkStore::Retract(MarkId id) {
  return Push({.op = agents::JournalOp::kRetract, .record = {.id = id}});
}

std::optional<agents::JournalEntry> MarkStore::Undo() {
  const auto target = NextUndo();
  if (!target) return std::nullopt;
  return Push({.op = agents::JournalOp::kUndo, .target = *target});
}

std::optional<agents::JournalEntry> MarkStore::Redo() {
  const auto target = NextRedo();
  if (!target) return std::nullopt;
  return Push({.op = agents::JournalOp::kRedo, .target = *target});
}

agents::JournalEntry MarkStore::Push(agents::JournalEntry entry) {
  entry.sequence = shown_.last_sequence() + 1;
  entry.unix_ms = UnixMilliseconds();
  entry.annotator = annotator_;
  const Status applied = shown_.Apply(entry);
  LOOKOUT_CHECK(applied.ok(), applied.ok() ? "" : applied.error().message.c_str());
  const bool by_target = entry.target > 0;
  const auto target = static_cast<std::size_t>(entry.target - 1);
  const MarkId touched = by_target ? shown_.entries()[target].record.id : entry.record.id;
  last_edit_[touched] = entry.sequence;
  return entry;
}

agents::FeedbackRecord MarkStore::NewestEdited() const {
  const auto entries = shown_.entries();
  LOOKOUT_CHECK(!entries.empty(), "no mark was ever edited");
  const std::int64_t target = entries.back().target;
  const agents::JournalEntry& edit =
      target > 0 ? entries[static_cast<std::size_t>(target - 1)] : entries.back();
  const auto found = shown_.records().find(edit.record.id);
  if (found != shown_.records().end()) return found->second;
  // A removal has the id alone; an earlier entry has the record whole.
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (entry->record.id == edit.record.id && !entry->record.kind.empty()) return entry->record;
  }
  return edit.record;
}

void MarkStore::Acknowledge(std::int64_t sequence) {
  saved_sequence_ = std::max(saved_sequence_, sequence);
  std::erase_if(last_edit_, [this](const auto& edit) { return edit.second <= saved_sequence_; });
}

bool MarkStore::IsSaved(MarkId id) const { return !last_edit_.contains(id); }

}  // namespace lookout::ui
