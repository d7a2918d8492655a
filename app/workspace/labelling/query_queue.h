// The queue of queries: what was proposed, without what was answered or skipped. Window thread
// only.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "agents/feedback/journal/feedback_journal.h"
#include "agents/feedback/queries/labelling_value.h"
#include "ui/queries.h"

namespace lookout::app {

// What queries are asked for: by which model, over how many episodes and how much feedback.
struct QueriesAsked {
  CostModelId model;
  std::int64_t sequence = 0;
  std::size_t episodes = 0;
  bool operator==(const QueriesAsked&) const = default;
};

// What the audits of a window were counted from.
struct AuditsCounted {
  std::int64_t sequence = 0;
  std::size_t finished_episodes = 0;
  std::string annotator;
  bool operator==(const AuditsCounted&) const = default;
};

class QueryQueue {
 public:
  const ui::QueriesOnScreen& shown() const { return shown_; }
  ui::QueriesOnScreen& shown() { return shown_; }

  // New proposals in place of the open ones; the one that is being asked stays.
  void Adopt(std::vector<agents::Query> proposed);
  // Those that come before all proposals, but for the one that is being asked.
  void PutFirst(std::vector<agents::Query> queries);
  // Whenever feedback has changed: what it answers is no longer open, and what an undo left
  // without an answer is again.
  // counts: whether an episode is one of those that the figures are about.
  void Follow(const agents::FeedbackSet& feedback, const std::function<bool(EpisodeId)>& counts);
  // The span that is on screen to be judged; nullptr: none is.
  const agents::Query* asked_span() const {
    const agents::Query* now = shown_.now();
    const bool span = now != nullptr && now->kind == agents::QueryKind::kSpan;
    return shown_.asked && span ? now : nullptr;
  }
  // Makes that one current; false if there is none of that kind after the current one, in a circle.
  bool Go(int direction);
  bool GoToPair();
  // Makes the query about these two clips the current one, if it is open.
  void GoTo(const agents::Segment& first, const agents::Segment& second);
  // The open query about these two clips; nullptr: there is none.
  const agents::Query* Find(const agents::Segment& first, const agents::Segment& second) const;
  void SkipCurrent();
  // What cannot be shown is not asked.
  void Drop(EpisodeId episode);
  // What answers from the queue say of audits that a cost model had judged when they were proposed:
  // how many are unsafe, and how many of these it called safe throughout.
  const agents::AuditCounts& audited() const { return audited_; }
  // The pair that comes after the current one; nullptr if there is none.
  const agents::Query* PairAfterCurrent() const;

  // What was skipped, as a setting of the project, and back; at most the newest few thousand.
  std::string SkippedText() const;
  void LoadSkipped(std::string_view text);

 private:
  bool IsDone(const agents::Query& query) const;
  void Arrange(std::vector<agents::Query> proposed);
  void Refresh();
  void CountAudits(const agents::FeedbackSet& feedback,
                   const std::function<bool(EpisodeId)>& counts);
  void CountSkipped(const std::function<bool(EpisodeId)>& counts);

  std::vector<agents::Query> first_;     // before all proposals
  std::vector<agents::Query> proposed_;  // all of them, in their order
  std::vector<agents::Segment> judged_;  // by marks, by episode and first step
  std::set<std::string> paired_;         // keys of pairs that were answered
  std::vector<std::string> skipped_;     // keys, oldest first
  std::set<std::string> skipped_keys_;
  agents::AuditCounts audited_;
  ui::QueriesOnScreen shown_;
};

// What a person should know of a mark that the newest entry of the journal adds while that span is
// asked about: that it is beside it, or says of too little of it that nothing is unsafe there.
// Empty if it answers well, or the entry is something else.
std::string MissingOfAnswer(const agents::Query& asked, const agents::FeedbackSet& feedback);

// What tells one query from all others: "pair 1 10 60 2 30 80". The order of a pair's clips does
// not matter.
std::string KeyOf(const agents::Query& query);

}  // namespace lookout::app
