// How much of an iteration's time has passed. Training says how much of its work is done, but a
// step sampled may take a hundred times as long as learning from it: the iteration before tells
// when each part of the work is done. One thread.
#pragma once

#include <array>

#include "app/workers/runtime/steady_time.h"

namespace lookout::app {

class IterationPace {
 public:
  void Begin(SteadyTime now);
  // The share of the time, in [0, 1], that has passed where this fraction of the work is done; the
  // fraction itself before the first iteration is known. Does not fall until the next Begin.
  double Share(double fraction, SteadyTime now);
  // The iteration came to its end, and is what the next ones are measured by.
  void Finish(SteadyTime now);

 private:
  static constexpr int kParts = 100;
  // When each part of the work was done, in seconds after Begin; the last is the iteration's end.
  using Timetable = std::array<double, kParts + 1>;

  double Expected(double fraction) const;
  void FillTo(double seconds, int end);

  Timetable before_{};  // all zero: not known yet
  Timetable present_{};
  int filled_ = 0;  // parts of the present one
  SteadyTime begin_;
  double share_ = 0.0;
};

}  // namespace lookout::app
