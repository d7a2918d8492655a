#include "app/exchange/labels/record_history.h"

#include <fmt/format.h>

#include <algorithm>

namespace lookout::app {
namespace {

// With its length before it, so that no two lists of texts read alike.
void AddText(const std::string& part, std::string& text) {
  text += fmt::format("{}:", part.size());
  text += part;
}

bool IsUndoOrRedo(const agents::JournalEntry& entry) {
  return entry.op == agents::JournalOp::kUndo || entry.op == agents::JournalOp::kRedo;
}

}  // namespace

std::string RecordText(const agents::FeedbackRecord& record, RecordParts parts) {
  std::string text;
  AddText(record.kind, text);
  AddText(record.content, text);
  AddText(record.annotator, text);
  text += fmt::format("{}", record.version);
  for (const EpisodeId episode : record.episodes) text += fmt::format(" {}", episode.value);
  if (parts == RecordParts::kStatement) return text;
  text += fmt::format("|{} {}|", record.created_unix_ms, record.time_spent_ms);
  return text + IdentityOf(record.on_screen);
}

RecordHistories::RecordHistories(std::span<const agents::JournalEntry> entries)
    : entries_(entries) {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const bool is_edit = !IsUndoOrRedo(entries[i]);
    const std::size_t edit = is_edit ? i : static_cast<std::size_t>(entries[i].target - 1);
    histories_[entries[edit].record.id].push_back(i);
  }
}

std::string RecordHistories::TextOf(MarkId record, std::size_t place) const {
  const std::vector<std::size_t>& history = histories_.at(record);
  const agents::JournalEntry& entry = entries_[history[place]];
  std::string text = fmt::format("{} {} ", static_cast<int>(entry.op), entry.unix_ms);
  AddText(entry.annotator, text);
  if (!IsUndoOrRedo(entry)) return text + RecordText(entry.record, RecordParts::kAll);
  const auto target =
      std::ranges::find(history, static_cast<std::size_t>(entry.target - 1)) - history.begin();
  return text + fmt::format("{}", target);
}

}  // namespace lookout::app
