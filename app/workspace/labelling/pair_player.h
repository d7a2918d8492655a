// Two clips that are compared: which, at what moment, and for how long a person has looked at them.
// Window thread only.
#pragma once

#include <cstdint>
#include <optional>

#include "ui/model/episode_store.h"
#include "ui/queries.h"

namespace lookout::app {

class PairPlayer {
 public:
  const std::optional<ui::PairOnScreen>& shown() const { return shown_; }

  // From their beginning. `answered`: the record that says which is safer, 0 if there is none.
  void Show(const agents::Segment& first, const agents::Segment& second, MarkId answered);
  void Leave() { shown_.reset(); }
  void SetPlaying(bool playing);
  void StepBy(StepIndex steps);  // pauses; in a circle

  // Once a frame: time runs as soon as both episodes are in memory, at the player's target speed.
  void Advance(const ui::EpisodeStore& store, double target_speed, double elapsed_s);
  // Simulated seconds per second; "as fast as possible" shows nothing, so it is not that fast.
  static double SpeedOf(double target_speed);

  // For which the pair could be looked at.
  std::int64_t time_spent_ms() const { return static_cast<std::int64_t>(1000.0 * spent_s_); }

 private:
  std::optional<ui::PairOnScreen> shown_;
  double fraction_steps_ = 0.0;
  double spent_s_ = 0.0;
};

}  // namespace lookout::app
