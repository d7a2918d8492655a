// A drill that measures how long a person takes from seeing to pressing, and to letting go: a disc
// appears at random times, and a key is held for as long as it is there. The clock is passed in:
// same seed and times, same drill. Window thread only.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "sim/base/random_state.h"

namespace lookout::ui {

inline constexpr int kDrillTrials = 12;
inline constexpr int kDrillPractice = 2;      // the first ones, which count for nothing
inline constexpr double kLeastPause_s = 2.0;  // without a disc
inline constexpr double kMostPause_s = 5.0;
inline constexpr double kLeastDisc_s = 1.6;
inline constexpr double kMostDisc_s = 2.2;
inline constexpr double kAnticipation_s = 0.1;  // who is faster has guessed
inline constexpr double kLapse_s = 1.5;         // who is slower was elsewhere with their thoughts
inline constexpr int kLeastReactions = 5;       // of which a median is worth keeping

// Of the latencies that count; NaN without any. Quartiles between the two nearest.
struct ReactionFigures {
  int count = 0;
  double median_s = std::numeric_limits<double>::quiet_NaN();
  double lower_quartile_s = std::numeric_limits<double>::quiet_NaN();
  double upper_quartile_s = std::numeric_limits<double>::quiet_NaN();
  int anticipations = 0;
  int lapses = 0;
};

class ReactionDrill {
 public:
  ReactionDrill(std::uint32_t seed, double now_s);

  // Once a frame, before it is drawn and before the keys of that frame. A disc has appeared, or is
  // gone, when the frame after the one that drew it so begins: then it has been on the screen.
  void Update(double now_s);
  // The key went down or up, at a time of the same clock.
  void Press(double at_s);
  void Release(double at_s);

  bool shows_disc() const { return shows_; }
  int trial() const { return trial_; }  // that goes on or comes next; kDrillTrials: none
  bool practice() const { return trial_ < kDrillPractice; }
  bool finished() const { return trial_ == kDrillTrials && !awaits_release_; }

  ReactionFigures presses() const { return FiguresOf(presses_); }
  ReactionFigures releases() const { return FiguresOf(releases_); }

 private:
  struct Latencies {
    std::vector<double> seconds;
    int anticipations = 0;
    int lapses = 0;
  };
  static ReactionFigures FiguresOf(const Latencies& latencies);

  void Appear(double now_s);
  void Go(double now_s);
  bool Count(double latency_s, int trial, Latencies& latencies);

  RandomState random_;
  bool shows_ = false;
  double next_s_ = 0.0;           // at which the disc appears, or goes
  std::optional<double> seen_s_;  // when the screen last showed a change; none: not yet
  int trial_ = 0;
  bool judged_ = false;          // of this trial, the press
  bool held_ = false;            // pressed in time, and not let go since
  bool awaits_release_ = false;  // the disc of the last trial is gone, and its key still down
  Latencies presses_, releases_;
};

}  // namespace lookout::ui
