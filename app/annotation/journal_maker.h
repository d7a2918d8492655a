// Feedback of simulated annotators as entries of the journal. One owner, one thread.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "agents/feedback/journal/feedback_journal.h"

namespace lookout::app {

// Appends to `entries`, which outlive it, with numbers that follow those of the feedback.
class JournalMaker {
 public:
  JournalMaker(const agents::FeedbackSet& feedback, std::vector<agents::JournalEntry>& entries)
      : sequence_(feedback.last_sequence()), next_id_(feedback.next_id()), entries_(entries) {}

  // unix_ms: of the recording, by which nothing depends on the clock.
  void Add(agents::FeedbackRecord record, std::int64_t unix_ms) {
    record.id = next_id_;
    ++next_id_.value;
    record.created_unix_ms = unix_ms;
    record.on_screen = {.playback_speed = 1.0, .mode = "simulated", .blind = true};
    agents::JournalEntry& entry = entries_.emplace_back();
    entry.sequence = ++sequence_;
    entry.unix_ms = unix_ms;
    entry.annotator = record.annotator;
    entry.record = std::move(record);
  }

 private:
  std::int64_t sequence_;
  MarkId next_id_;
  std::vector<agents::JournalEntry>& entries_;
};

}  // namespace lookout::app
