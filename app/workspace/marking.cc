#include "app/workspace/marking.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <type_traits>
#include <utility>

namespace lookout::app {
namespace {

std::int64_t SteadyMilliseconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

// The lag in steps: a person who watches at double speed is late by twice the simulated time.
std::int32_t LagSteps(double reaction_lag_s, const OnScreen& on_screen) {
  if (!on_screen.playing) return 0;
  return static_cast<std::int32_t>(
      std::lround(reaction_lag_s * on_screen.speed / on_screen.step_duration_s));
}

// A class says which danger, so only what is unsafe has one.
agents::Mark WithoutForeignClass(agents::Mark mark) {
  if (mark.verdict != agents::Verdict::kUnsafe) mark.danger = 0;
  return mark;
}

bool IsSpan(const agents::Mark& mark) {
  return mark.episode && mark.first_step >= 0 && mark.last_step >= mark.first_step;
}

std::string EditInWords(const agents::FeedbackRecord& record, bool undone) {
  const std::string done = std::string(undone ? "Undone" : "Redone") + ": the edit of a ";
  const EpisodeId episode = record.episodes.empty() ? EpisodeId{} : record.episodes.front();
  const std::string where = " in episode " + std::to_string(episode.value);
  const Result<agents::Mark> mark = MarkOf(record);
  if (!mark) return done + "record of kind '" + record.kind + "'" + where + ".";
  return done + agents::VerdictName(mark->verdict) + " mark" + where + ", steps " +
         std::to_string(mark->first_step) + " to " + std::to_string(mark->last_step) + ".";
}

}  // namespace

std::string Marking::EditElsewhere(EpisodeId shown, bool undone) const {
  const agents::FeedbackRecord record = store_.NewestEdited();
  const bool is_shown = std::ranges::count(record.episodes, shown) > 0;
  return is_shown ? std::string() : EditInWords(record, undone);
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
  open_lag_steps_ = LagSteps(store_.reaction_lag_s(), on_screen);
  open_provenance_ = {.model = on_screen.model,
                      .policy = on_screen.policy,
                      .playback_speed = on_screen.playing ? on_screen.speed : 0.0,
                      .mode = playhead.live ? "live" : "review"};
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
  return false;
}

bool Marking::Apply(const ui::AddMark& command) {
  return IsSpan(command.mark) && Save(store_.Add(WithoutForeignClass(command.mark)));
}

bool Marking::Apply(const ui::ReviseMark& command) {
  const auto& marks = store_.marks().marks();
  const auto found = marks.find(command.mark.id);
  const agents::Mark revised = WithoutForeignClass(command.mark);
  if (found == marks.end() || !IsSpan(revised) || found->second == revised) return false;
  return Save(store_.Revise(revised));
}

bool Marking::Apply(const ui::DeleteMark& command) {
  if (!store_.marks().marks().contains(command.id)) return false;
  if (selected_ == command.id) selected_ = {};
  return Save(store_.Retract(command.id));
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
          return Apply(specific);
        }
      },
      command);
}

}  // namespace lookout::app
