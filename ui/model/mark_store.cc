#include "ui/model/mark_store.h"

#include <algorithm>
#include <chrono>
#include <utility>

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
  saved_sequence_ = loaded_sequence_ = shown_.last_sequence();
  last_edit_.clear();
  acts_.clear();
  for (const auto& [id, record] : shown_.records()) annotators_.Know(record.annotator);
}

agents::JournalEntry MarkStore::Add(agents::Mark mark) { return AddRecord(RecordOf(mark)); }

agents::JournalEntry MarkStore::Revise(const agents::Mark& mark) {
  return ReviseRecord(RecordOf(mark));
}

agents::JournalEntry MarkStore::AddRecord(agents::FeedbackRecord record) {
  record.id = shown_.next_id();
  record.annotator = annotator();
  record.created_unix_ms = UnixMilliseconds();
  return Push({.op = agents::JournalOp::kAdd, .record = std::move(record)});
}

agents::JournalEntry MarkStore::ReviseRecord(agents::FeedbackRecord record) {
  return Push({.op = agents::JournalOp::kRevise, .record = std::move(record)});
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

std::vector<agents::JournalEntry> MarkStore::AddTogether(
    std::vector<agents::FeedbackRecord> records) {
  std::vector<agents::JournalEntry> entries;
  for (agents::FeedbackRecord& record : records) entries.push_back(AddRecord(std::move(record)));
  if (entries.size() > 1) acts_.push_back({entries.front().sequence, entries.back().sequence});
  return entries;
}

std::vector<agents::JournalEntry> MarkStore::UndoAct() {
  std::vector<agents::JournalEntry> entries;
  const Act act = ActOf(NextUndo().value_or(0));
  for (auto next = NextUndo(); next && act.Has(*next); next = NextUndo()) {
    entries.push_back(*Undo());
  }
  return entries;
}

std::vector<agents::JournalEntry> MarkStore::RedoAct() {
  std::vector<agents::JournalEntry> entries;
  const Act act = ActOf(NextRedo().value_or(0));
  for (auto next = NextRedo(); next && act.Has(*next); next = NextRedo()) {
    entries.push_back(*Redo());
  }
  return entries;
}

MarkStore::Act MarkStore::ActOf(std::int64_t sequence) const {
  const auto act = std::ranges::find_if(acts_, [&](const Act& one) { return one.Has(sequence); });
  return act != acts_.end() ? *act : Act{sequence, sequence};
}

agents::JournalEntry MarkStore::Push(agents::JournalEntry entry) {
  entry.sequence = shown_.last_sequence() + 1;
  entry.unix_ms = UnixMilliseconds();
  entry.annotator = annotator();
  const Status applied = shown_.Apply(entry);
  LOOKOUT_CHECK(applied.ok(), applied.ok() ? "" : applied.error().message.c_str());
  const bool by_target = entry.target > 0;
  const auto target = static_cast<std::size_t>(entry.target - 1);
  const MarkId touched = by_target ? shown_.entries()[target].record.id : entry.record.id;
  last_edit_[touched] = entry.sequence;
  return entry;
}

MarkEdit MarkStore::NewestEdit() const {
  const auto entries = shown_.entries();
  LOOKOUT_CHECK(!entries.empty(), "no mark was ever edited");
  const agents::JournalEntry& last = entries.back();
  // Where an act begins, whichever way it went: an undo ends with that edit, a redo begins with it.
  const Act act = ActOf(last.target > 0 ? last.target : last.sequence);
  const agents::JournalEntry& edit = entries[static_cast<std::size_t>(act.first - 1)];
  MarkEdit newest{.op = edit.op,
                  .record = edit.record,
                  .made_unix_ms = edit.unix_ms,
                  .in_earlier_sitting = edit.sequence <= loaded_sequence_};
  newest.made_together = static_cast<std::size_t>(act.last - act.first + 1);
  const auto found = shown_.records().find(edit.record.id);
  if (found != shown_.records().end()) {
    newest.record = found->second;
    return newest;
  }
  if (!edit.record.kind.empty()) return newest;
  // A removal has the id alone; an earlier entry has the record whole.
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (entry->record.id != edit.record.id || entry->record.kind.empty()) continue;
    newest.record = entry->record;
    break;
  }
  return newest;
}

void MarkStore::Acknowledge(std::int64_t sequence) {
  saved_sequence_ = std::max(saved_sequence_, sequence);
  std::erase_if(last_edit_, [this](const auto& edit) { return edit.second <= saved_sequence_; });
}

bool MarkStore::IsSaved(MarkId id) const { return !last_edit_.contains(id); }

bool MarkStore::Shows(const std::string& annotator, bool blind) const {
  if (annotator.empty() || annotator == this->annotator()) return true;
  const AnnotatorProfile* profile = annotators_.Find(annotator);
  return !blind && (profile == nullptr || profile->shown);
}

}  // namespace lookout::ui
