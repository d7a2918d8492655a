// What happened to each record of a journal, in a form that can be compared between journals.
// Values and pure functions; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/journal/feedback_journal.h"

namespace lookout::app {

enum class RecordParts : std::uint8_t {
  kAll,        // everything but the record's number
  kStatement,  // who says what about which episodes
};

// Equal for two records if and only if those parts are.
std::string RecordText(const agents::FeedbackRecord& record, RecordParts parts);

class RecordHistories {
 public:
  // entries: of a whole journal; outlive this.
  explicit RecordHistories(std::span<const agents::JournalEntry> entries);

  // By record: indices of its entries in order, undo and redo among them.
  const std::map<MarkId, std::vector<std::size_t>>& all() const { return histories_; }
  // Entry `place` of the record's history; equal in two journals if the same happened.
  std::string TextOf(MarkId record, std::size_t place) const;

 private:
  std::span<const agents::JournalEntry> entries_;
  std::map<MarkId, std::vector<std::size_t>> histories_;
};

}  // namespace lookout::app
