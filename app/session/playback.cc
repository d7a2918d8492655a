#include "app/session/playback.h"

#include <algorithm>
#include <cmath>

namespace lookout::app {
namespace {

// Replaying as fast as possible shows nothing; this many times real time still does.
constexpr double kFastestReplay = 64.0;

StepIndex Clamped(const ui::EpisodeTrack* track, StepIndex step) {
  if (track == nullptr) return std::max(0, step);
  return std::clamp(step, 0, std::max(0, track->steps() - 1));
}

}  // namespace

void Playback::Seek(const ui::EpisodeBook& book, EpisodeId episode, StepIndex step) {
  playhead_.episode = episode;
  playhead_.step = Clamped(book.Find(episode), step);
  playhead_.live = false;
  fraction_steps_ = 0.0;
}

void Playback::SeekBy(const ui::EpisodeBook& book, StepIndex steps) {
  Seek(book, playhead_.episode, playhead_.step + steps);
}

void Playback::GoLive() {
  playhead_.live = true;
  playhead_.replaying = false;
}

void Playback::SetReplaying(bool replaying) {
  playhead_.replaying = replaying && !playhead_.live;
  fraction_steps_ = 0.0;
}

void Playback::Advance(const ui::EpisodeBook& book, const ui::PlayerSnapshot& player,
                       double elapsed_s) {
  if (playhead_.live) {
    playhead_.episode = player.episode;
    playhead_.step = player.step;
    return;
  }
  const ui::EpisodeTrack* track = book.Find(playhead_.episode);
  if (!playhead_.replaying || track == nullptr) return;
  const double speed =
      player.target_speed == ui::kUnlimitedSpeed ? kFastestReplay : player.target_speed;
  fraction_steps_ += elapsed_s * speed / track->scene().spec.step_duration_s;
  const double whole_steps = std::floor(fraction_steps_);
  fraction_steps_ -= whole_steps;
  playhead_.step = Clamped(track, playhead_.step + static_cast<StepIndex>(whole_steps));
  if (playhead_.step >= track->steps() - 1) playhead_.replaying = false;
}

}  // namespace lookout::app
