// Where the window is looking: the live episode, or a moment of the past that may be replayed.
// Window thread only.
#pragma once

#include "ui/model/episode_book.h"
#include "ui/snapshots.h"

namespace lookout::app {

class Playback {
 public:
  const ui::Playhead& playhead() const { return playhead_; }

  // Looks at that step, clamped to what is recorded; leaves the live episode.
  void Seek(const ui::EpisodeBook& book, EpisodeId episode, StepIndex step);
  void SeekBy(const ui::EpisodeBook& book, StepIndex steps);
  void GoLive();
  // In review: starts or stops moving through the recording at the player's target speed.
  void SetReplaying(bool replaying);

  // Once a frame. Live: follows the player. Replaying: moves on by the wall time that has passed;
  // stops at the end of the recording.
  void Advance(const ui::EpisodeBook& book, const ui::PlayerSnapshot& player, double elapsed_s);

 private:
  ui::Playhead playhead_;
  double fraction_steps_ = 0.0;  // of the next replayed step
};

}  // namespace lookout::app
