// What was read from a file of labels, row by row: what can be taken, and why the rest cannot. One
// owner, one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agents/feedback/journal/feedback_journal.h"
#include "app/exchange/labels/rows/label_project.h"

namespace lookout::app {

// A row of a file, as a person finds it: "line 12".
struct RowPlace {
  std::string_view what;  // outlives the row's being added
  std::int64_t number = 0;
};

struct RejectedRow {
  std::string row;    // "line 12"
  std::string cause;  // "ends at step 4, before its first step 9"
};

// "line 12 ends at step 4, before its first step 9."
std::string InWords(const RejectedRow& row);

class LabelRows {
 public:
  // How many rejected rows are kept with their causes; all are counted.
  static constexpr std::size_t kMostListed = 10'000;
  // A mark reacts to what was seen at most so many steps before.
  static constexpr std::int32_t kMostLagSteps = 10'000;
  static constexpr std::size_t kMostNameBytes = 200;
  static constexpr std::size_t kMostNoteBytes = 10'000;

  // project: that the labels are for; outlives this. annotator: whose marks they are where a row
  // does not say.
  LabelRows(LabelProject& project, std::string annotator);

  // A mark of a format that knows of marks alone. Rejects one that is about no episode of the
  // project, lies outside of it, or holds what no mark can.
  void Add(const RowPlace& place, agents::Mark mark);
  // An entry of a whole journal, which has to continue those before.
  void AddEntry(const RowPlace& place, const agents::JournalEntry& entry);
  // Episodes that the file says were removed, but not the feedback about them.
  void AllowRemoved(EpisodeId episode);
  void Reject(const RowPlace& place, std::string_view cause);
  // A row that is there rightly and means nothing to this program.
  void Skip() { ++skipped_; }
  // Goes before the places from now on, as "points.eaf, ".
  void SetFile(std::string file) { file_ = std::move(file); }

  LabelProject& project() const { return project_; }
  const std::vector<agents::Mark>& marks() const { return marks_; }
  // At the end; it is empty afterwards.
  agents::FeedbackSet TakeJournal() { return std::move(journal_); }
  const std::vector<RejectedRow>& rejected() const { return rejected_; }
  std::int64_t rejected_count() const { return rejected_count_; }
  std::int64_t rows() const { return rows_; }  // added or rejected
  std::int64_t skipped() const { return skipped_; }

 private:
  // Why not, or nothing.
  std::string CheckSpan(EpisodeId episode, StepIndex first, StepIndex last) const;
  std::string CheckMark(const agents::Mark& mark) const;
  std::string CheckRecord(const agents::FeedbackRecord& record) const;

  LabelProject& project_;
  std::string annotator_;
  std::string file_;
  std::vector<EpisodeId> removed_;
  std::vector<agents::Mark> marks_;
  agents::FeedbackSet journal_;
  bool journal_broken_ = false;
  std::vector<RejectedRow> rejected_;
  std::int64_t rejected_count_ = 0;
  std::int64_t rows_ = 0;
  std::int64_t skipped_ = 0;
};

// Whether the bytes are text in UTF-8, as all text of a project is. O(n).
bool IsUtf8(std::string_view text);

// `text` as a message may repeat it: at most 40 bytes, of which none is half a character.
std::string Quoted(std::string_view text);

}  // namespace lookout::app
