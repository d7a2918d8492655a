#include "ui/panels/state/inputs/marks_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "agents/feedback/kinds/feedback_kind.h"

namespace lookout::ui {
namespace {

// The newest episode first, within it in order of time.
bool ComesFirst(EpisodeId episode, StepIndex step, MarkId id, EpisodeId other_episode,
                StepIndex other_step, MarkId other_id) {
  if (episode != other_episode) return episode > other_episode;
  return step != other_step ? step < other_step : id < other_id;
}

std::string_view TrackName(const RowTrack& track, const agents::DangerClasses& classes) {
  if (track.verdict == agents::Verdict::kUnsafe) return classes.NameOf(track.danger);
  return track.verdict == agents::Verdict::kSafe ? "Safe" : "Not sure";
}

// On the span of a mark; empty: no danger is named.
std::string_view DangerLabel(const agents::DangerClasses& classes, agents::DangerClass danger) {
  return danger != 0 ? std::string_view(classes.NameOf(danger)) : std::string_view();
}

}  // namespace

std::int32_t OutlastingLag(const agents::Mark& mark) {
  const std::int32_t lag = agents::ReleaseLagOf(mark);
  const std::int64_t first = std::int64_t{mark.first_step} - mark.reaction_lag_steps;
  return std::int64_t{mark.last_step} - lag < first ? lag : 0;
}

namespace {

// Whether the timeline shows its label beside it.
bool LiesElsewhere(const agents::Mark& mark, const agents::Segment& label) {
  return label.first != mark.first_step || label.last != mark.last_step || OutlastingLag(mark) > 0;
}

}  // namespace

void MarksIndex::Sync(const MarkStore& store, EpisodeId shown, bool blind) {
  const std::int64_t sequence = store.marks().last_sequence();
  const std::int64_t annotators = store.annotators().version();
  const std::int64_t classes = store.danger_classes().version();
  if (sequence != sequence_ || shown != shown_ || annotators != annotators_version_ ||
      classes != classes_version_ || blind != blind_) {
    sequence_ = sequence;
    shown_ = shown;
    annotators_version_ = annotators;
    classes_version_ = classes;
    blind_ = blind;
    saved_sequence_ = -1;
    ++version_;
    Rebuild(store);
    BuildLanes(store);
  }
  if (store.saved_sequence() != saved_sequence_) RefreshSaved(store);
}

void MarksIndex::ListRecords(const MarkStore& store) {
  rows_.clear();
  pairs_.clear();
  notes_.clear();
  for (const auto& [id, mark] : store.marks().marks()) {
    if (store.Shows(mark.annotator, blind_)) rows_.push_back(mark);
  }
  statements_.clear();
  for (const auto& [id, record] : store.marks().records()) {
    if (store.Shows(record.annotator, blind_)) ListStatement(store, record);
    if (record.kind != agents::kNoteKind.name || !store.Shows(record.annotator, blind_)) continue;
    Result<agents::Note> note = NoteOf(record);
    if (note) notes_.push_back({id, std::move(*note), record.annotator, store.IsSaved(id)});
  }
  for (const auto& [id, pair] : store.marks().pairs()) {
    const std::string& annotator = store.marks().records().at(id).annotator;
    if (store.Shows(annotator, blind_)) pairs_.push_back({id, pair, annotator, store.IsSaved(id)});
  }
}

// Regions, take-overs, corrections: what has no list of its own.
void MarksIndex::ListStatement(const MarkStore& store, const agents::FeedbackRecord& record) {
  const agents::FeedbackKind* kind = KindOf(record);
  if (kind == nullptr || kind == &agents::kMarkKind || kind == &agents::kPreferenceKind ||
      kind == &agents::kNoteKind || !kind->check(record)) {
    return;
  }
  StatementRow row{.id = record.id,
                   .words = kind->in_words(record),
                   .where = kind->where(record),
                   .annotator = record.annotator,
                   .saved = store.IsSaved(record.id)};
  if (Result<agents::Region> region = RegionOf(record)) row.region = std::move(*region);
  if (auto taken = InterventionOf(record)) row.intervention = std::move(*taken);
  statements_.push_back(std::move(row));
}

void MarksIndex::Rebuild(const MarkStore& store) {
  ListRecords(store);
  std::ranges::sort(rows_, [](const agents::Mark& a, const agents::Mark& b) {
    return ComesFirst(a.episode, a.first_step, a.id, b.episode, b.first_step, b.id);
  });
  std::ranges::sort(notes_, [](const NoteRow& a, const NoteRow& b) {
    return ComesFirst(a.note.episode, a.note.step, a.id, b.note.episode, b.note.step, b.id);
  });
  std::ranges::reverse(pairs_);
  std::ranges::reverse(statements_);
  const auto of_shown = [this](const agents::Mark& mark) { return mark.episode == shown_; };
  const auto first = std::ranges::find_if(rows_, of_shown);
  first_of_shown_ = static_cast<std::size_t>(first - rows_.begin());
  shown_rows_ = static_cast<std::size_t>(std::count_if(first, rows_.end(), of_shown));
}

void MarksIndex::BuildLanes(const MarkStore& store) {
  const Annotators& annotators = store.annotators();
  const agents::DangerClasses& classes = store.danger_classes();
  const AnnotatorProfile& present = annotators.present();
  lane_names_.assign(1, present.name);
  people_.assign(1, {std::string(TitleOf(present)), present.colour});
  timeline_.clear();
  labels_.clear();
  for (const agents::Mark& mark : of_shown()) {
    const agents::Segment judged = agents::JudgedSteps(mark);
    const bool lagged = LiesElsewhere(mark, judged);
    timeline_.push_back({.id = mark.id.value,
                         .lane = LaneOf(annotators, mark.annotator),
                         .first = mark.first_step,
                         .last = mark.last_step,
                         .verdict = mark.verdict,
                         .danger = mark.danger,
                         .judged_first = lagged ? judged.first : 0,
                         .judged_last = lagged ? judged.last : -1,
                         .outlasting_lag = OutlastingLag(mark),
                         .severity = mark.severity,
                         .label = DangerLabel(classes, mark.danger)});
  }
  for (const StatementRow& row : statements_) {
    if (row.intervention && row.where.episode == shown_)
      AddTakeOver(row, LaneOf(annotators, row.annotator));
  }
  for (const PairRow& row : pairs_) {
    const bool first = row.pair.first.episode == shown_;
    const bool second = row.pair.second.episode == shown_;
    if (!first && !second) continue;
    const int lane = LaneOf(annotators, row.annotator);
    if (first) AddClip(row, false, lane);
    if (second) AddClip(row, true, lane);
  }
  lane_of_.clear();
  for (const TimelineMark& mark : timeline_) lane_of_.push_back(mark.lane);
  SpreadLanes(classes);
}

void MarksIndex::Follow(const MarkStore& store, std::span<const OpenMark> open) {
  if (std::ranges::equal(open, open_)) return;
  open_.assign(open.begin(), open.end());
  SpreadLanes(store.danger_classes());
}

void MarksIndex::SpreadLanes(const agents::DangerClasses& classes) {
  open_timeline_.clear();
  for (const OpenMark& open : open_) {
    if (open.episode != shown_) continue;
    open_timeline_.push_back({.first = std::min(open.first_step, open.last_step),
                              .last = std::max(open.first_step, open.last_step),
                              .verdict = open.verdict,
                              .danger = open.danger,
                              .saved = false,
                              .severity = open.severity,
                              .label = DangerLabel(classes, open.danger)});
  }
  lanes_.clear();
  std::vector<TimelineMark*> marks;
  std::vector<TrackSpan> spans;
  for (std::size_t lane = 0; lane < people_.size(); ++lane) {
    const auto row = static_cast<int>(lanes_.size());
    marks.clear();
    spans.clear();
    for (std::size_t i = 0; i < timeline_.size(); ++i) {
      if (std::cmp_not_equal(lane_of_[i], lane)) continue;
      timeline_[i].lane = row;
      if (timeline_[i].shape == TimelineShape::kSpan) marks.push_back(&timeline_[i]);
    }
    for (TimelineMark& open : open_timeline_) {
      if (lane == 0) marks.push_back(&open);
    }
    for (const TimelineMark* mark : marks) {
      spans.push_back({mark->verdict, mark->danger, mark->first, mark->last});
    }
    const int rows = SpreadOverRows(spans);
    for (std::size_t i = 0; i < marks.size(); ++i) marks[i]->lane = row + spans[i].row;
    lanes_.push_back(people_[lane]);
    NameFurtherRows(people_[lane], spans, rows, classes);
  }
}

// By what lies on them: "Vase", or "Vase, Pillar".
void MarksIndex::NameFurtherRows(const LaneRow& of, std::span<const TrackSpan> spans, int rows,
                                 const agents::DangerClasses& classes) {
  for (int row = 1; row < rows; ++row) {
    LaneRow further{.title = {}, .colour = of.colour, .further = true};
    std::vector<RowTrack> tracks;
    for (const TrackSpan& span : spans) {
      const RowTrack track{span.verdict, span.danger};
      if (span.row == row && std::ranges::count(tracks, track) == 0) tracks.push_back(track);
    }
    std::ranges::sort(tracks, {}, &RowTrack::danger);
    for (const RowTrack& track : tracks) {
      if (!further.title.empty()) further.title += ", ";
      further.title += TrackName(track, classes);
    }
    if (tracks.size() == 1) further.track = tracks.front();
    lanes_.push_back(std::move(further));
  }
}

int MarksIndex::LaneOf(const Annotators& annotators, const std::string& annotator) {
  const std::string& name = annotator.empty() ? lane_names_.front() : annotator;
  const auto lane = std::ranges::find(lane_names_, name);
  const auto index = static_cast<int>(lane - lane_names_.begin());
  if (lane == lane_names_.end()) {
    const AnnotatorProfile* profile = annotators.Find(name);
    people_.push_back(
        {std::string(annotators.TitleOf(name)), profile != nullptr ? profile->colour : 0});
    lane_names_.push_back(name);
  }
  return index;
}

void MarksIndex::AddTakeOver(const StatementRow& row, int lane) {
  const agents::Segment led = row.intervention->LedToIt();
  labels_.push_back(row.words);
  timeline_.push_back({.id = row.id.value,
                       .lane = lane,
                       .first = row.intervention->first_step,
                       .last = row.intervention->last_step,
                       .verdict = agents::Verdict::kSafe,
                       .editable = false,
                       .shape = TimelineShape::kTakeOver,
                       .label = labels_.back(),
                       .led_first = led.first,
                       .led_last = led.last});
}

// A clip of the shown episode on its lane, and what was said of it beside the other.
void MarksIndex::AddClip(const PairRow& row, bool second, int lane) {
  const agents::Segment& clip = second ? row.pair.second : row.pair.first;
  const agents::Segment& other = second ? row.pair.first : row.pair.second;
  const double is_safer = second ? 1.0 - row.pair.first_is_safer : row.pair.first_is_safer;
  const char* said = is_safer == 0.5 ? "like" : is_safer > 0.5 ? "safer than" : "less safe than";
  labels_.push_back(fmt::format("{} ep. {}, {}\xE2\x80\x93{}", said, other.episode.value,
                                other.first, other.last));
  timeline_.push_back({.id = row.id.value,
                       .lane = lane,
                       .first = clip.first,
                       .last = clip.last,
                       .verdict = is_safer == 0.5  ? agents::Verdict::kUnsure
                                  : is_safer > 0.5 ? agents::Verdict::kSafe
                                                   : agents::Verdict::kUnsafe,
                       .editable = false,
                       .shape = TimelineShape::kClip,
                       .label = labels_.back()});
}

void MarksIndex::RefreshSaved(const MarkStore& store) {
  saved_sequence_ = store.saved_sequence();
  for (PairRow& row : pairs_) row.saved = store.IsSaved(row.id);
  for (StatementRow& row : statements_) row.saved = store.IsSaved(row.id);
  for (NoteRow& row : notes_) row.saved = store.IsSaved(row.id);
  for (TimelineMark& mark : timeline_) mark.saved = store.IsSaved(MarkId{mark.id});
}

const agents::Mark* MarksIndex::Find(MarkId id) const {
  const auto found = std::find_if(rows_.begin(), rows_.end(),
                                  [id](const agents::Mark& mark) { return mark.id == id; });
  return id && found != rows_.end() ? &*found : nullptr;
}

const StatementRow* MarksIndex::FindStatement(MarkId id) const {
  const auto found = std::ranges::find(statements_, id, &StatementRow::id);
  return found == statements_.end() ? nullptr : &*found;
}

const NoteRow* MarksIndex::FindNote(MarkId id) const {
  const auto found = std::ranges::find(notes_, id, &NoteRow::id);
  return id && found != notes_.end() ? &*found : nullptr;
}

const PairRow* MarksIndex::FindPair(MarkId id) const {
  const auto found = std::ranges::find(pairs_, id, &PairRow::id);
  return id && found != pairs_.end() ? &*found : nullptr;
}

}  // namespace lookout::ui
