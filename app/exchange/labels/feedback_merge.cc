#include "app/exchange/labels/feedback_merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "app/exchange/labels/mark_conflicts.h"
#include "app/exchange/labels/record_history.h"

namespace lookout::app {
namespace {

using agents::FeedbackRecord;
using agents::FeedbackSet;
using agents::JournalEntry;
using agents::JournalOp;

bool IsSameEntry(const JournalEntry& a, const JournalEntry& b) {
  return a.sequence == b.sequence && a.op == b.op && a.target == b.target &&
         a.unix_ms == b.unix_ms && a.annotator == b.annotator && a.record == b.record;
}

bool Continues(const FeedbackSet& longer, const FeedbackSet& shorter) {
  return longer.last_sequence() >= shorter.last_sequence() &&
         std::ranges::equal(
             longer.entries().first(static_cast<std::size_t>(shorter.last_sequence())),
             shorter.entries(), IsSameEntry);
}

const FeedbackRecord* LiveRecord(const FeedbackSet& set, MarkId id) {
  const auto found = set.records().find(id);
  return found == set.records().end() ? nullptr : &found->second;
}

bool AreAlike(const FeedbackRecord* a, const FeedbackRecord* b) {
  if (a == nullptr || b == nullptr) return a == b;
  return RecordText(*a, RecordParts::kAll) == RecordText(*b, RecordParts::kAll);
}

class Planner {
 public:
  Planner(const FeedbackSet& ours, RecordParts compared)
      : compared_(compared), sequence_(ours.last_sequence()), next_id_(ours.next_id()) {
    for (const auto& [id, record] : ours.records()) known_.insert(RecordText(record, compared));
    for (const auto& [id, mark] : ours.marks()) conflicts_.Add(mark);
  }

  // A record of its own, unless one like it is there. mark: what it says, if that is known already.
  void Add(FeedbackRecord record, const std::string& annotator, std::int64_t unix_ms,
           const agents::Mark* mark = nullptr) {
    if (!known_.insert(RecordText(record, compared_)).second) {
      ++plan_.known;
      return;
    }
    record.id = next_id_;
    ++next_id_.value;
    ++plan_.added;
    if (mark == nullptr) {
      Find(record);
    } else {
      conflicts_.Find(*mark, record.id, plan_.conflicts);
    }
    Append(JournalOp::kAdd, std::move(record), annotator, unix_ms);
  }

  // Our record gets its newest form, null: is taken back.
  void Follow(MarkId id, const FeedbackRecord* mine, const FeedbackRecord* newest,
              const JournalEntry& last) {
    if (AreAlike(mine, newest)) {
      if (newest != nullptr) ++plan_.known;
    } else if (mine == nullptr) {
      Add(*newest, last.annotator, last.unix_ms);
    } else if (newest == nullptr) {
      ++plan_.removed;
      Append(JournalOp::kRetract, FeedbackRecord{.id = id}, last.annotator, last.unix_ms);
    } else {
      ++plan_.changed;
      FeedbackRecord record = *newest;
      record.id = id;
      Find(record);
      Append(JournalOp::kRevise, std::move(record), last.annotator, last.unix_ms);
    }
  }

  MergePlan& plan() { return plan_; }

 private:
  void Find(const FeedbackRecord& record) {
    const auto mark = agents::MarkOf(record);
    if (mark) conflicts_.Find(*mark, mark->id, plan_.conflicts);
  }
  void Append(JournalOp op, FeedbackRecord record, const std::string& annotator,
              std::int64_t unix_ms) {
    plan_.entries.push_back({.sequence = ++sequence_,
                             .op = op,
                             .record = std::move(record),
                             .unix_ms = unix_ms,
                             .annotator = annotator});
  }

  RecordParts compared_;
  std::int64_t sequence_;
  MarkId next_id_;
  std::unordered_set<std::string> known_;
  MarkConflicts conflicts_;
  MergePlan plan_;
};

MergePlan AppendAsItIs(const FeedbackSet& ours, FeedbackSet theirs) {
  MergePlan plan;
  MarkConflicts conflicts;
  for (const auto& [id, mark] : ours.marks()) {
    const auto now = theirs.marks().find(id);
    if (now != theirs.marks().end() && now->second == mark) conflicts.Add(mark);
  }
  for (const auto& [id, record] : theirs.records()) {
    const FeedbackRecord* mine = LiveRecord(ours, id);
    const bool alike = mine != nullptr && *mine == record;
    ++(alike ? plan.known : mine == nullptr ? plan.added : plan.changed);
    const auto mark = theirs.marks().find(id);
    if (!alike && mark != theirs.marks().end()) conflicts.Find(mark->second, id, plan.conflicts);
  }
  for (const auto& [id, record] : ours.records()) {
    if (LiveRecord(theirs, id) == nullptr) ++plan.removed;
  }
  plan.entries = std::move(theirs).TakeEntries();
  plan.entries.erase(plan.entries.begin(), plan.entries.begin() + ours.last_sequence());
  return plan;
}

// Records of ours by the entry that they began with, each to be taken once.
class Beginnings {
 public:
  explicit Beginnings(const RecordHistories& histories) : histories_(histories) {
    for (const auto& [id, history] : histories.all()) {
      by_first_[histories.TextOf(id, 0)].push_back(id);
    }
    for (auto& [text, ids] : by_first_) std::ranges::reverse(ids);
  }
  // 0: there is none left.
  MarkId Take(const std::string& first) {
    const auto found = by_first_.find(first);
    if (found == by_first_.end() || found->second.empty()) return {};
    const MarkId id = found->second.back();
    found->second.pop_back();
    return id;
  }

 private:
  const RecordHistories& histories_;
  std::unordered_map<std::string, std::vector<MarkId>> by_first_;
};

}  // namespace

MergePlan PlanMerge(const FeedbackSet& ours, FeedbackSet theirs) {
  if (Continues(theirs, ours)) return AppendAsItIs(ours, std::move(theirs));
  const RecordHistories our_histories(ours.entries());
  const RecordHistories their_histories(theirs.entries());
  Beginnings beginnings(our_histories);
  Planner planner(ours, RecordParts::kAll);
  for (const auto& [id, history] : their_histories.all()) {
    const FeedbackRecord* theirs_now = LiveRecord(theirs, id);
    const JournalEntry& last = theirs.entries()[history.back()];
    const MarkId same = beginnings.Take(their_histories.TextOf(id, 0));
    if (!same) {
      if (theirs_now != nullptr) planner.Add(*theirs_now, last.annotator, last.unix_ms);
      continue;
    }
    const FeedbackRecord* ours_now = LiveRecord(ours, same);
    const std::size_t our_length = our_histories.all().at(same).size();
    std::size_t common = 1;
    while (common < std::min(our_length, history.size()) &&
           our_histories.TextOf(same, common) == their_histories.TextOf(id, common)) {
      ++common;
    }
    if (common == history.size()) {
      if (theirs_now != nullptr) ++planner.plan().known;  // we went on, or nobody did
    } else if (common == our_length) {
      planner.Follow(same, ours_now, theirs_now, last);
    } else {
      if (!AreAlike(ours_now, theirs_now)) ++planner.plan().parted;
      if (theirs_now != nullptr) planner.Add(*theirs_now, last.annotator, last.unix_ms);
    }
  }
  return std::move(planner.plan());
}

MergePlan PlanAdditions(const FeedbackSet& ours, std::span<const agents::Mark> marks,
                        std::int64_t now_unix_ms) {
  Planner planner(ours, RecordParts::kStatement);
  planner.plan().entries.reserve(marks.size());
  for (const agents::Mark& mark : marks) {
    FeedbackRecord record = RecordOf(mark);
    if (record.created_unix_ms == 0) record.created_unix_ms = now_unix_ms;
    planner.Add(std::move(record), mark.annotator, now_unix_ms, &mark);
  }
  return std::move(planner.plan());
}

}  // namespace lookout::app
