#include "app/session/playback.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lookout::app {
namespace {

// Replaying as fast as possible shows nothing; this many times real time still does.
constexpr double kFastestReplay = 64.0;

StepIndex Clamped(const ui::EpisodeTrack* track, StepIndex step) {
  if (track == nullptr) return std::max(0, step);
  return std::clamp(step, 0, std::max(0, track->steps() - 1));
}

StepIndex LastStep(const ui::EpisodeTrack* track) {
  return track == nullptr ? 0 : std::max(0, track->steps() - 1);
}

}  // namespace

// Every episode on screen at that moment; the shorter of two stays at its last step.
void Playback::ShowMoment(const ui::EpisodeBook& book, StepIndex moment) {
  fraction_steps_ = 0.0;
  playhead_.step = moment_ = Clamped(book.Find(playhead_.episode), moment);
  if (!comparison_) return;
  comparison_->ghost_step = Clamped(book.Find(comparison_->ghost), moment);
  moment_ = std::max(playhead_.step, comparison_->ghost_step);
}

StepIndex Playback::LastMoment(const ui::EpisodeBook& book) const {
  const StepIndex last = LastStep(book.Find(playhead_.episode));
  return comparison_ ? std::max(last, LastStep(book.Find(comparison_->ghost))) : last;
}

void Playback::Seek(const ui::EpisodeBook& book, EpisodeId episode, StepIndex step) {
  if (comparison_ && episode != comparison_->shown) comparison_.reset();
  playhead_.episode = episode;
  playhead_.live = false;
  ShowMoment(book, step);
}

void Playback::SeekBy(const ui::EpisodeBook& book, StepIndex steps) {
  Seek(book, playhead_.episode, moment_ + steps);
}

void Playback::GoLive() {
  comparison_.reset();
  playhead_.live = true;
  playhead_.replaying = false;
}

void Playback::SetReplaying(const ui::EpisodeBook& book, bool replaying) {
  playhead_.replaying = replaying && !playhead_.live;
  fraction_steps_ = 0.0;
  if (comparison_ && replaying && moment_ >= LastMoment(book)) ShowMoment(book, 0);
}

void Playback::Compare(const ui::EpisodeBook& book, EpisodeId first, EpisodeId second) {
  comparison_ = ui::Comparison{.shown = first, .ghost = second};
  Seek(book, first, 0);
  playhead_.replaying = true;
}

void Playback::SwapComparison(const ui::EpisodeBook& book) {
  if (!comparison_) return;
  std::swap(comparison_->shown, comparison_->ghost);
  comparison_->swapped = !comparison_->swapped;
  playhead_.episode = comparison_->shown;
  ShowMoment(book, moment_);
}

void Playback::EndComparison(const ui::EpisodeBook& book) {
  comparison_.reset();
  if (!playhead_.live) ShowMoment(book, playhead_.step);
}

void Playback::Advance(const ui::EpisodeBook& book, const ui::PlayerSnapshot& player,
                       double elapsed_s) {
  if (playhead_.live) {
    playhead_.episode = player.episode;
    playhead_.step = moment_ = player.step;
    return;
  }
  const ui::EpisodeTrack* track = book.Find(playhead_.episode);
  if (!playhead_.replaying || track == nullptr) return;
  const double speed =
      player.target_speed == ui::kUnlimitedSpeed ? kFastestReplay : player.target_speed;
  const double steps = fraction_steps_ + elapsed_s * speed / track->scene().spec.step_duration_s;
  const double whole_steps = std::floor(steps);
  ShowMoment(book, moment_ + static_cast<StepIndex>(whole_steps));
  fraction_steps_ = steps - whole_steps;
  if (moment_ >= LastMoment(book)) playhead_.replaying = false;
}

}  // namespace lookout::app
