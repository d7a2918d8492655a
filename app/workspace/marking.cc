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
std::int32_t LagSteps(const OnScreen& on_screen) {
  if (!on_screen.playing) return 0;
  return static_cast<std::int32_t>(
      std::lround(kReactionLag_s * on_screen.speed / on_screen.step_duration_s));
}

// A class says which danger, so only what is unsafe has one.
agents::Mark WithoutForeignClass(agents::Mark mark) {
  if (mark.verdict != agents::Verdict::kUnsafe) mark.danger = 0;
  return mark;
}

bool IsSpan(const agents::Mark& mark) {
  return mark.episode && mark.first_step >= 0 && mark.last_step >= mark.first_step;
}

}  // namespace

std::string EditInWords(const agents::Mark& mark, bool undone) {
  return std::string(undone ? "Undone" : "Redone") + ": the edit of a " +
         agents::VerdictName(mark.verdict) + " mark in episode " +
         std::to_string(mark.episode.value) + ", steps " + std::to_string(mark.first_step) +
         " to " + std::to_string(mark.last_step) + ".";
}

void Marking::Begin(agents::Verdict verdict, const OnScreen& on_screen) {
  const ui::Playhead& playhead = on_screen.playhead;
  if (!playhead.episode) return;
  open_ = {.verdict = verdict,
           .danger = verdict == agents::Verdict::kUnsafe ? danger_ : agents::DangerClass{0},
           .episode = playhead.episode,
           .first_step = playhead.step,
           .last_step = playhead.step};
  open_lag_steps_ = LagSteps(on_screen);
  open_model_ = on_screen.model;
  open_since_ms_ = SteadyMilliseconds();
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
                          .model_on_screen = open_model_}));
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
          Begin(specific.verdict, on_screen);
          return finished;
        } else if constexpr (std::is_same_v<Specific, ui::EndMark>) {
          return Finish();
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
