#include "app/workspace/labelling/marking.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "agents/feedback/kinds/intervention.h"
#include "agents/feedback/kinds/note.h"
#include "agents/feedback/queries/answer.h"
#include "app/workers/runtime/wall_time.h"
#include "ui/model/moment_in_words.h"

namespace lookout::app {
namespace {

std::int64_t SteadyMilliseconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

// A class says which danger, and how bad it is, so only what is unsafe has these.
agents::Mark WithoutForeignClass(agents::Mark mark) {
  if (mark.verdict != agents::Verdict::kUnsafe) {
    mark.danger = 0;
    mark.severity = agents::kNoSeverity;
  }
  return mark;
}

bool IsSpan(const agents::Mark& mark) {
  return mark.episode && mark.first_step >= 0 && mark.last_step >= mark.first_step;
}

// A mark on other steps than those that were asked about answers nothing.
agents::Mark AsAnswer(agents::Mark mark, const agents::Query* asked) {
  if (asked == nullptr || asked->first.episode != mark.episode) return mark;
  agents::Mark answer = mark;
  answer.on_screen = AnswerTo(*asked, std::move(answer.on_screen));
  return AnswersQuery(answer) ? answer : mark;
}

std::string InWords(const ui::MarkEdit& edit, bool undone) {
  std::string text = undone ? "Undid: " : "Redid: ";
  if (edit.made_together > 1) text += fmt::format("{} marks, one of them ", edit.made_together);
  if (edit.op == agents::JournalOp::kRevise) text += "change of ";
  if (edit.op == agents::JournalOp::kRetract) text += "removal of ";
  return text + agents::InWords(edit.record) + ", made " +
         ui::MomentInWords(edit.made_unix_ms, UnixMilliseconds()) + ".";
}

}  // namespace

std::int32_t LagSteps(double reaction_lag_s, const OnScreen& on_screen) {
  if (!on_screen.playing) return 0;
  return static_cast<std::int32_t>(
      std::lround(reaction_lag_s * on_screen.speed / on_screen.step_duration_s));
}

agents::Provenance ProvenanceOf(const OnScreen& on_screen) {
  return {.model = on_screen.blind ? CostModelId{} : on_screen.model,
          .policy = on_screen.policy,
          .playback_speed = on_screen.playing ? on_screen.speed : 0.0,
          .mode = on_screen.playhead.live ? "live" : "review",
          .blind = on_screen.blind};
}

std::optional<Marking::UnseenEdit> Marking::NewestUnseenEdit(EpisodeId shown, bool undone) const {
  const ui::MarkEdit edit = store_.NewestEdit();
  const bool is_shown = std::ranges::count(edit.record.episodes, shown) > 0;
  if (is_shown && edit.made_together == 1 && !edit.in_earlier_sitting) return std::nullopt;
  const agents::Segment where = agents::WhereOf(edit.record);
  return UnseenEdit{.words = InWords(edit, undone), .episode = where.episode, .step = where.first};
}

bool Marking::MayStandBeside(int track) const {
  const bool taken = std::ranges::any_of(open_, [track](const ui::OpenMark& open) {
    return open.track == track || open.danger == track;
  });
  return !open_.empty() && open_.front().verdict == agents::Verdict::kUnsafe && !taken;
}

bool Marking::Begin(const ui::BeginMark& command, const OnScreen& on_screen) {
  const ui::Playhead& playhead = on_screen.playhead;
  const ui::Moment at = command.at.value_or(ui::Moment{playhead.episode, playhead.step});
  const bool unsafe = command.verdict == agents::Verdict::kUnsafe;
  const bool main = command.track == ui::kMainTrack;
  if (!main && (!unsafe || !at.episode || !MayStandBeside(command.track))) return false;
  // What is unsafe in several ways is one verdict; another verdict ends them all.
  const bool another = !open_.empty() && open_.front().verdict != command.verdict;
  const bool finished = main && Finish(another ? std::nullopt : std::optional(ui::kMainTrack));
  if (!at.episode) return finished;
  const auto danger = main ? danger_ : static_cast<agents::DangerClass>(command.track);
  const ui::OpenMark open{.verdict = command.verdict,
                          .danger = unsafe ? danger : agents::DangerClass{0},
                          .episode = at.episode,
                          .first_step = at.step,
                          .last_step = at.step,
                          .track = command.track};
  const ui::AnnotatorProfile& present = store_.annotators().present();
  Making making{.lag_steps = LagSteps(present.reaction_lag_s, on_screen),
                .release_lag_steps = LagSteps(present.release_lag_s, on_screen),
                .on_screen = ProvenanceOf(on_screen),
                .asked = {},
                .since_ms = SteadyMilliseconds()};
  if (on_screen.asked != nullptr) making.asked = *on_screen.asked;
  open_.insert(main ? open_.begin() : open_.end(), open);
  making_.insert(main ? making_.begin() : making_.end(), std::move(making));
  return finished;
}

bool Marking::End(const ui::EndMark& command) {
  for (ui::OpenMark& open : open_) {
    const bool meant = !command.track || *command.track == open.track;
    if (meant && command.at && command.at->episode == open.episode) {
      open.last_step = command.at->step;
    }
  }
  return Finish(command.track);
}

bool Marking::Cancel(const ui::CancelMark& command) {
  Forget(command.track);
  return false;
}

// The class of what is being made on the main track, and of what will be made next.
void Marking::SetDanger(agents::DangerClass danger) {
  danger_ = danger;
  if (open_.empty() || open_.front().track != ui::kMainTrack) return;
  if (open_.front().verdict == agents::Verdict::kUnsafe) open_.front().danger = danger;
}

// Of the one that was begun last.
void Marking::SetSeverity(std::int32_t severity) {
  if (open_.empty() || open_.back().verdict != agents::Verdict::kUnsafe) return;
  open_.back().severity = severity;
}

void Marking::Forget(std::optional<int> track) {
  for (std::size_t i = open_.size(); i-- > 0;) {
    if (track && *track != open_[i].track) continue;
    open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(i));
    making_.erase(making_.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

bool Marking::Finish(std::optional<int> track) {
  bool finished = false;
  for (std::size_t i = 0; i < open_.size(); ++i) {
    const ui::OpenMark& open = open_[i];
    const Making& making = making_[i];
    if (track && *track != open.track) continue;
    // Scrubbing backwards while the key is down marks the same span as scrubbing forwards.
    const agents::Mark mark{.episode = open.episode,
                            .first_step = std::min(open.first_step, open.last_step),
                            .last_step = std::max(open.first_step, open.last_step),
                            .verdict = open.verdict,
                            .danger = open.danger,
                            .reaction_lag_steps = making.lag_steps,
                            .release_lag_steps = making.release_lag_steps,
                            .annotator = {},
                            .time_spent_ms = SteadyMilliseconds() - making.since_ms,
                            .on_screen = making.on_screen,
                            .note = {},
                            .severity = open.severity};
    finished |= Save(store_.Add(AsAnswer(mark, making.asked ? &*making.asked : nullptr)));
  }
  Forget(track);
  return finished;
}

bool Marking::Follow(const OnScreen& on_screen) {
  if (open_.empty()) return false;
  if (open_.front().episode != on_screen.playhead.episode) return Finish({});
  for (std::size_t i = 0; i < open_.size(); ++i) {
    open_[i].last_step = on_screen.playhead.step;
    making_[i].on_screen.blind = making_[i].on_screen.blind && on_screen.blind;
  }
  return false;
}

bool Marking::Apply(const ui::AddMark& command, const OnScreen& on_screen) {
  if (!IsSpan(command.mark)) return false;
  agents::Mark mark = WithoutForeignClass(command.mark);
  mark.on_screen = ProvenanceOf(on_screen);
  return Save(store_.Add(AsAnswer(std::move(mark), on_screen.asked)));
}

bool Marking::Apply(const ui::ReviseMark& command, const OnScreen& on_screen) {
  const auto& marks = store_.marks().marks();
  const auto found = marks.find(command.mark.id);
  agents::Mark revised = WithoutForeignClass(command.mark);
  if (found == marks.end() || !IsSpan(revised) || found->second == revised) return false;
  // What was said blind no longer is once it is changed with costs in sight.
  revised.on_screen.blind = revised.on_screen.blind && on_screen.blind;
  return Save(store_.Revise(revised));
}

bool Marking::Apply(const ui::DeleteMark& command, const OnScreen&) {
  if (!store_.marks().records().contains(command.id)) return false;
  if (selected_ == command.id) selected_ = {};
  return Save(store_.Retract(command.id));
}

bool Marking::Apply(const ui::WriteNote& command, const OnScreen& on_screen) {
  const agents::Note note{
      .episode = command.at.episode, .step = command.at.step, .text = command.text};
  agents::FeedbackRecord record;
  SetContent(note, record);
  if (!NoteOf(record)) return false;
  record.on_screen = ProvenanceOf(on_screen);
  return Save(store_.AddRecord(std::move(record)));
}

bool Marking::Apply(const ui::DrawRegion& command, const OnScreen& on_screen) {
  agents::FeedbackRecord record;
  SetContent(command.region, record);
  if (!command.region.episode || !RegionOf(record)) return false;
  record.on_screen = ProvenanceOf(on_screen);
  return Save(store_.AddRecord(std::move(record)));
}

bool Marking::Apply(const ui::ReviseRegion& command, const OnScreen& on_screen) {
  const auto& records = store_.marks().records();
  const auto found = records.find(command.id);
  if (found == records.end() || !RegionOf(found->second)) return false;
  agents::FeedbackRecord revised = found->second;
  SetContent(command.region, revised);
  return RegionOf(revised).ok() && ReviseContent(found->second, std::move(revised), on_screen);
}

bool Marking::Apply(const ui::ReviseTakeOver& command, const OnScreen& on_screen) {
  const auto& records = store_.marks().records();
  const auto found = records.find(command.id);
  if (found == records.end() || !InterventionOf(found->second)) return false;
  agents::FeedbackRecord revised = found->second;
  SetContent(command.intervention, revised);
  return InterventionOf(revised).ok() &&
         ReviseContent(found->second, std::move(revised), on_screen);
}

// What was said blind no longer is once it is changed with costs in sight.
bool Marking::ReviseContent(const agents::FeedbackRecord& before, agents::FeedbackRecord revised,
                            const OnScreen& on_screen) {
  if (revised == before) return false;
  revised.on_screen.blind = revised.on_screen.blind && on_screen.blind;
  return Save(store_.ReviseRecord(std::move(revised)));
}

bool Marking::SaveAll(std::vector<agents::JournalEntry> entries) {
  for (agents::JournalEntry& entry : entries) Save(std::move(entry));
  return !entries.empty();
}

std::vector<MarkId> Marking::AddTogether(std::vector<agents::FeedbackRecord> records) {
  std::vector<MarkId> ids;
  for (agents::JournalEntry& entry : store_.AddTogether(std::move(records))) {
    ids.push_back(entry.record.id);
    Save(std::move(entry));
  }
  return ids;
}

bool Marking::Handle(const ui::MarkCommand& command, const OnScreen& on_screen) {
  return std::visit(
      [&](const auto& specific) -> bool {
        using Specific = std::decay_t<decltype(specific)>;
        if constexpr (std::is_same_v<Specific, ui::BeginMark>) {
          return Begin(specific, on_screen);
        } else if constexpr (std::is_same_v<Specific, ui::EndMark>) {
          return End(specific);
        } else if constexpr (std::is_same_v<Specific, ui::CancelMark>) {
          return Cancel(specific);
        } else if constexpr (std::is_same_v<Specific, ui::SelectMark>) {
          selected_ = specific.id;
          return false;
        } else if constexpr (std::is_same_v<Specific, ui::SetDangerClass>) {
          SetDanger(specific.danger);
          return false;
        } else if constexpr (std::is_same_v<Specific, ui::SetSeverity>) {
          SetSeverity(specific.severity);
          return false;
        } else if constexpr (std::is_same_v<Specific, ui::Undo>) {
          return SaveAll(store_.UndoAct());
        } else if constexpr (std::is_same_v<Specific, ui::Redo>) {
          return SaveAll(store_.RedoAct());
        } else {
          return Apply(specific, on_screen);
        }
      },
      command);
}

}  // namespace lookout::app
