// Where the window is looking: the live episode, or a moment of the past that may be replayed,
// alone or beside another episode from the same seed. Window thread only.
#pragma once

#include <optional>

#include "ui/model/episode_store.h"
#include "ui/snapshots.h"

namespace lookout::app {

class Playback {
 public:
  const ui::Playhead& playhead() const { return playhead_; }
  const std::optional<ui::Comparison>& comparison() const { return comparison_; }

  // Looks at that step, clamped to what is recorded; leaves the live episode. Another episode than
  // the one on screen ends a comparison.
  void Seek(const ui::EpisodeStore& store, EpisodeId episode, StepIndex step);
  void SeekBy(const ui::EpisodeStore& store, StepIndex steps);
  void GoLive();  // ends a comparison
  // In review: starts or stops moving through the recording at the player's target speed. At its
  // end it starts over.
  void SetReplaying(const ui::EpisodeStore& store, bool replaying);

  // Replays both from their beginning, the first on screen and the second as its ghost.
  void Compare(const ui::EpisodeStore& store, EpisodeId first, EpisodeId second);
  // The ghost comes on screen at the same moment, and what was there becomes the ghost.
  void SwapComparison(const ui::EpisodeStore& store);
  // What is on screen stays, alone.
  void EndComparison(const ui::EpisodeStore& store);

  // Once a frame. Live: follows the player. Replaying: moves on by the wall time that has passed;
  // stops at the end of the recording, of two at the end of the longer one.
  void Advance(const ui::EpisodeStore& store, const ui::PlayerSnapshot& player, double elapsed_s);

 private:
  void ShowMoment(const ui::EpisodeStore& store, StepIndex moment);
  StepIndex LastMoment(const ui::EpisodeStore& store) const;

  ui::Playhead playhead_;
  std::optional<ui::Comparison> comparison_;
  StepIndex moment_ = 0;         // the playhead's step, or past the end of the shorter of two
  double fraction_steps_ = 0.0;  // of the next replayed step
};

}  // namespace lookout::app
