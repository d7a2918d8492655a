// How much of what was recorded somebody has judged, and what a sitting of marking came to. Pure
// functions; any thread.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>

#include "agents/feedback/journal/feedback_journal.h"
#include "ui/model/episode_store.h"

namespace lookout::app {

// The share of the steps of those episodes that some feedback is about (see JudgedSegments, regions
// left out), in [0, 1]; each step counts once.
double CoverageOf(const agents::FeedbackSet& feedback,
                  std::span<const ui::EpisodeSummary> episodes);

// Those that some feedback is about.
std::set<EpisodeId> EpisodesOf(const agents::FeedbackSet& feedback);

// One sitting of marking: what an annotator's journal entries after `since` came to.
struct MarkingSummary {
  std::int64_t unsafe = 0, safe = 0, unsure = 0;  // marks that were added and stay
  std::map<std::string, std::int64_t> by_kind;    // the same of other kinds of feedback
  std::int64_t changed = 0;                       // repaired or removed, that were there before
  double minutes = 0.0;
  double coverage = 0.0;

  std::int64_t added() const;
  bool empty() const { return added() == 0 && changed == 0; }
};

// seconds: for how long was marked. Takes O(entries after `since`).
MarkingSummary SummariseMarking(const agents::FeedbackSet& feedback, std::int64_t since,
                                const std::string& annotator, double seconds, double coverage);

// "Marked 12 in 4.5 minutes (2.7 a minute): 7 unsafe, 3 safe, 2 take-overs. 14 % of what was
// recorded is judged." Empty for an empty summary.
std::string InWords(const MarkingSummary& summary);

}  // namespace lookout::app
