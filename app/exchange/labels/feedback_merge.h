// How the feedback of one journal comes into another: nothing is lost, nothing is there twice, and
// what one annotator says twice with other words is told. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/journal/feedback_journal.h"

namespace lookout::app {

// Two marks of one annotator on overlapping steps of an episode, with other verdicts.
struct MarkConflict {
  struct ToldMark {
    MarkId id;
    StepIndex first_step = 0;
    StepIndex last_step = 0;
    agents::Verdict verdict = agents::Verdict::kUnsafe;
  };

  std::string annotator;
  EpisodeId episode;
  ToldMark first;   // of the journal that gets the other
  ToldMark second;  // that comes in
};

// What to append to a journal.
struct MergePlan {
  static constexpr std::size_t kMostConflicts = 1000;

  std::vector<agents::JournalEntry> entries;
  std::int64_t added = 0;    // records that are new
  std::int64_t changed = 0;  // that both have, and that only the other journal went on with
  std::int64_t removed = 0;  // likewise, by taking them back
  std::int64_t known = 0;    // of the other journal, that need nothing
  std::int64_t parted = 0;   // that both went on with in other ways; both forms are kept
  std::vector<MarkConflict> conflicts;  // the first kMostConflicts
};

// Brings a whole journal into `ours`.
//
// One that continues ours entry by entry is appended as it is, with what was taken back and its
// numbers. Otherwise records count. One that began with the same entry in both is the same record:
// whichever journal went on with it has its newest form, and if both did in other ways the other
// form becomes a record of its own. Records that are alike in all but their number are there once.
// All others are added with new numbers. What the other journal took back stays behind, as there it
// does not count either. theirs: moved here, a million entries are not there twice.
MergePlan PlanMerge(const agents::FeedbackSet& ours, agents::FeedbackSet theirs);

// Adds marks of a format that knows of marks alone. One that says what a mark of ours or an earlier
// one of them says (annotator, steps, verdict, class, severity, lag and note) is there already,
// whenever and while seeing whatever it was made. now_unix_ms: when marks were made that do not
// say it.
MergePlan PlanAdditions(const agents::FeedbackSet& ours, std::span<const agents::Mark> marks,
                        std::int64_t now_unix_ms);

}  // namespace lookout::app
