#include "app/workspace/playback.h"

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
void Playback::ShowMoment(const ui::EpisodeStore& store, StepIndex moment) {
  fraction_steps_ = 0.0;
  playhead_.step = moment_ = Clamped(store.Find(playhead_.episode), moment);
  if (!comparison_) return;
  comparison_->ghost_step = Clamped(store.Find(comparison_->ghost), moment);
  moment_ = std::max(playhead_.step, comparison_->ghost_step);
}

StepIndex Playback::LastMoment(const ui::EpisodeStore& store) const {
  const StepIndex last = LastStep(store.Find(playhead_.episode));
  return comparison_ ? std::max(last, LastStep(store.Find(comparison_->ghost))) : last;
}

void Playback::Seek(const ui::EpisodeStore& store, EpisodeId episode, StepIndex step) {
  if (comparison_ && episode != comparison_->shown) comparison_.reset();
  playhead_.episode = episode;
  playhead_.live = false;
  ShowMoment(store, step);
}

void Playback::SeekBy(const ui::EpisodeStore& store, StepIndex steps) {
  Seek(store, playhead_.episode, moment_ + steps);
}

void Playback::GoLive() {
  comparison_.reset();
  playhead_.live = true;
  playhead_.replaying = false;
}

void Playback::SetReplaying(const ui::EpisodeStore& store, bool replaying) {
  playhead_.replaying = replaying && !playhead_.live;
  fraction_steps_ = 0.0;
  if (playhead_.replaying && moment_ >= LastMoment(store)) ShowMoment(store, 0);
}

void Playback::Compare(const ui::EpisodeStore& store, EpisodeId first, EpisodeId second) {
  comparison_ = ui::Comparison{.shown = first, .ghost = second};
  Seek(store, first, 0);
  playhead_.replaying = true;
}

void Playback::SwapComparison(const ui::EpisodeStore& store) {
  if (!comparison_) return;
  std::swap(comparison_->shown, comparison_->ghost);
  comparison_->swapped = !comparison_->swapped;
  playhead_.episode = comparison_->shown;
  ShowMoment(store, moment_);
}

void Playback::EndComparison(const ui::EpisodeStore& store) {
  comparison_.reset();
  if (!playhead_.live) ShowMoment(store, playhead_.step);
}

void Playback::Advance(const ui::EpisodeStore& store, const ui::PlayerSnapshot& player,
                       double elapsed_s) {
  if (playhead_.live) {
    playhead_.episode = player.episode;
    playhead_.step = moment_ = player.step;
    return;
  }
  const ui::EpisodeTrack* track = store.Find(playhead_.episode);
  if (!playhead_.replaying || track == nullptr) return;
  const double speed =
      player.target_speed == ui::kUnlimitedSpeed ? kFastestReplay : player.target_speed;
  const double steps = fraction_steps_ + elapsed_s * speed / track->scene().spec.step_duration_s;
  const double whole_steps = std::floor(steps);
  ShowMoment(store, moment_ + static_cast<StepIndex>(whole_steps));
  fraction_steps_ = steps - whole_steps;
  if (moment_ >= LastMoment(store)) playhead_.replaying = false;
}

}  // namespace lookout::app
