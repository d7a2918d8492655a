// The marks as the timeline and the list need them, rebuilt only when they change. Window thread
// only.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agents/feedback/kinds/intervention.h"
#include "agents/feedback/kinds/note.h"
#include "agents/feedback/kinds/preference.h"
#include "agents/feedback/kinds/region.h"
#include "ui/model/mark_store.h"
#include "ui/panels/state/inputs/mark_tracks.h"
#include "ui/snapshots.h"
#include "ui/widgets/timeline/timeline.h"

namespace lookout::ui {

// A pair of clips that somebody judged, as the list shows it.
struct PairRow {
  MarkId id;
  agents::Preference pair;
  std::string annotator;
  bool saved = false;
};

// A note on a moment, likewise.
struct NoteRow {
  MarkId id;
  agents::Note note;
  std::string annotator;
  bool saved = false;
};

// A region, a take-over or a correction, likewise.
struct StatementRow {
  MarkId id;
  std::string words;      // "unsafe within 0.60 m of hazards"
  agents::Segment where;  // the moments that it is about
  std::string annotator;
  bool saved = false;
  std::optional<agents::Region> region;              // if it is one
  std::optional<agents::Intervention> intervention;  // likewise
};

// What the spans of a row of a lane have in common, and a new one there gets.
struct RowTrack {
  agents::Verdict verdict = agents::Verdict::kUnsafe;
  agents::DangerClass danger = 0;
  bool operator==(const RowTrack&) const = default;
};

// A row of the lane of an annotator whose marks are to be seen: who marks, and others unless they
// are switched off or who marks is blind to them. The first is the annotator's own; further ones
// come below it as spans overlap.
struct LaneRow {
  std::string title;                   // the annotator's, or what lies on a further row
  std::int32_t colour = 0;             // of Theme::series
  bool further = false;                // no annotator begins here
  std::optional<RowTrack> track = {};  // of a further row whose spans are all alike
};

// The lag of letting go in steps where it outlasts the mark, whose label is its first step alone
// then; else 0.
std::int32_t OutlastingLag(const agents::Mark& mark);

class MarksIndex {
 public:
  // Brings everything up to date with the store, for the episode on screen and who may be seen.
  void Sync(const MarkStore& store, EpisodeId shown, bool blind);

  // Once a frame, after Sync: the marks that are being made lie on rows of who marks, too.
  void Follow(const MarkStore& store, std::span<const OpenMark> open);

  // Marks, judged clips and take-overs of the shown episode, for its lanes: an annotator's rows
  // below each other, those of who marks first.
  std::span<const TimelineMark> timeline() const { return timeline_; }
  // Those of the shown episode that are being made, likewise.
  std::span<const TimelineMark> open() const { return open_timeline_; }
  std::span<const LaneRow> lanes() const { return lanes_; }

  // All marks to be seen, those of an episode together in order of time, the newest episode first.
  // What is on screen does not change the order, so that no row moves away from under the mouse.
  std::span<const agents::Mark> rows() const { return rows_; }
  // Those of the shown episode among them.
  std::span<const agents::Mark> of_shown() const {
    return rows().subspan(first_of_shown_, shown_rows_);
  }
  std::size_t first_of_shown() const { return first_of_shown_; }
  const agents::Mark* Find(MarkId id) const;

  // All notes to be seen, in the order of the marks.
  std::span<const NoteRow> notes() const { return notes_; }
  const NoteRow* FindNote(MarkId id) const;

  // All regions, take-overs and corrections to be seen, the newest first.
  std::span<const StatementRow> statements() const { return statements_; }
  const StatementRow* FindStatement(MarkId id) const;

  // Another number whenever anything of this has changed, except what is on disk.
  std::int64_t version() const { return version_; }

  // All pairs, the newest first.
  std::span<const PairRow> pairs() const { return pairs_; }
  const PairRow* FindPair(MarkId id) const;

 private:
  void Rebuild(const MarkStore& store);
  void ListRecords(const MarkStore& store);
  void ListStatement(const MarkStore& store, const agents::FeedbackRecord& record);
  void BuildLanes(const MarkStore& store);
  void AddTakeOver(const StatementRow& row, int lane);
  void AddClip(const PairRow& row, bool second, int lane);
  int LaneOf(const Annotators& annotators, const std::string& annotator);
  // Puts the spans of each lane on rows, and the rows below each other.
  void SpreadLanes(const agents::DangerClasses& classes);
  void NameFurtherRows(const LaneRow& of, std::span<const TrackSpan> spans, int rows,
                       const agents::DangerClasses& classes);
  void RefreshSaved(const MarkStore& store);

  std::int64_t sequence_ = -1;
  std::int64_t saved_sequence_ = -1;
  EpisodeId shown_{-1};
  std::int64_t annotators_version_ = -1;
  std::int64_t classes_version_ = -1;
  bool blind_ = false;
  std::int64_t version_ = 0;
  std::vector<agents::Mark> rows_;
  std::size_t first_of_shown_ = 0;
  std::size_t shown_rows_ = 0;
  std::vector<PairRow> pairs_;
  std::vector<NoteRow> notes_;
  std::vector<StatementRow> statements_;
  std::deque<std::string> labels_;  // of the timeline's clips and take-overs, which point into them
  std::vector<LaneRow> lanes_;      // the rows
  std::vector<LaneRow> people_;     // whose lanes they make
  std::vector<std::string> lane_names_;  // of the records, by lane
  std::vector<int> lane_of_;             // of each of timeline_
  std::vector<TimelineMark> timeline_, open_timeline_;
  std::vector<OpenMark> open_;
};

}  // namespace lookout::ui
