#include "app/workspace/labelling/marking.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <type_traits>
#include <utility>

#include "agents/feedback/kinds/note.h"
#include "app/workers/runtime/wall_time.h"
#include "app/workspace/labelling/query_queue.h"
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

std::string InWords(const ui::MarkEdit& edit, bool undone) {
  std::string text = undone ? "Undid: " : "Redid: ";
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
          .mode = on_screen.asked           ? agents::kAskedMode
                  : on_screen.playhead.live ? "live"
                                            : "review",
          .blind = on_screen.blind};
}

std::optional<Marking::UnseenEdit> Marking::NewestUnseenEdit(EpisodeId shown, bool undone) const {
  const ui::MarkEdit edit = store_.NewestEdit();
  const bool is_shown = std::ranges::count(edit.record.episodes, shown) > 0;
  if (is_shown && !edit.in_earlier_sitting) return std::nullopt;
  const agents::Segment where = agents::WhereOf(edit.record);
  return UnseenEdit{.words = InWords(edit, undone), .episode = where.episode, .step = where.first};
}

void Marking::Begin(const ui::BeginMark& command, const OnScreen& on_screen) {
  const ui::Playhead& playhead = on_screen.playhead;
  const ui::Moment at = command.at.value_or(ui::Moment{playhead.episode, playhead.step});
  if (!at.episode) return;
  const bool unsafe = command.verdict == agents::Verdict::kUnsafe;
  open_ = {.verdict = command.verdict,
           .danger = unsafe ? danger_ : agents::DangerClass{0},
           .episode = at.episode,
           .first_step = at.step,
           .last_step = at.step};
  open_lag_steps_ = LagSteps(store_.annotators().present().reaction_lag_s, on_screen);
  open_provenance_ = ProvenanceOf(on_screen);
  open_since_ms_ = SteadyMilliseconds();
}

bool Marking::End(const ui::EndMark& command) {
  if (open_ && command.at && command.at->episode == open_->episode) {
    open_->last_step = command.at->step;
  }
  return Finish();
}

bool Marking::Finish() {
  if (!open_) return false;
  const ui::OpenMark open = *std::exchange(open_, std::nullopt);
  // Scrubbing backwards while the key is down marks the same span as scrubbing forwards.
  return Save(store_.Add({.episode = open.episode,
                          .first_step = std::min(open.first_step, open.last_step),
                          .last_step = std::max(open.first_step, open.last_step),
                          .verdict = open.verdict,
                          .danger = open.danger,
                          .reaction_lag_steps = open_lag_steps_,
                          .time_spent_ms = SteadyMilliseconds() - open_since_ms_,
                          .on_screen = open_provenance_}));
}

bool Marking::Follow(const OnScreen& on_screen) {
  if (!open_) return false;
  if (open_->episode != on_screen.playhead.episode) return Finish();
  open_->last_step = on_screen.playhead.step;
  open_provenance_.blind = open_provenance_.blind && on_screen.blind;
  return false;
}

bool Marking::Apply(const ui::AddMark& command, const OnScreen& on_screen) {
  if (!IsSpan(command.mark)) return false;
  agents::Mark mark = WithoutForeignClass(command.mark);
  mark.on_screen = ProvenanceOf(on_screen);
  return Save(store_.Add(std::move(mark)));
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
  if (!RegionOf(revised) || revised == found->second) return false;
  // What was said blind no longer is once it is changed with costs in sight.
  revised.on_screen.blind = revised.on_screen.blind && on_screen.blind;
  return Save(store_.ReviseRecord(std::move(revised)));
}

bool Marking::Save(std::optional<agents::JournalEntry> entry) {
  if (!entry) return false;
  save_(std::move(*entry));
  return true;
}

bool Marking::Handle(const ui::MarkCommand& command, const OnScreen& on_screen) {
  return std::visit(
      [&](const auto& specific) -> bool {
        using Specific = std::decay_t<decltype(specific)>;
        if constexpr (std::is_same_v<Specific, ui::BeginMark>) {
          const bool finished = Finish();
          Begin(specific, on_screen);
          return finished;
        } else if constexpr (std::is_same_v<Specific, ui::EndMark>) {
          return End(specific);
        } else if constexpr (std::is_same_v<Specific, ui::CancelMark>) {
          open_.reset();
          return false;
        } else if constexpr (std::is_same_v<Specific, ui::SelectMark>) {
          selected_ = specific.id;
          return false;
        } else if constexpr (std::is_same_v<Specific, ui::SetDangerClass>) {
          danger_ = specific.danger;
          if (open_ && open_->verdict == agents::Verdict::kUnsafe) open_->danger = specific.danger;
          return false;
        } else if constexpr (std::is_same_v<Specific, ui::Undo>) {
          return Save(store_.Undo());
        } else if constexpr (std::is_same_v<Specific, ui::Redo>) {
          return Save(store_.Redo());
        } else {
          return Apply(specific, on_screen);
        }
      },
      command);
}

}  // namespace lookout::app
