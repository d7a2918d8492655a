#include "app/workers/trainer/iteration_pace.h"

#include <algorithm>

namespace lookout::app {

void IterationPace::Begin(SteadyTime now) {
  begin_ = now;
  filled_ = 0;
  share_ = 0.0;
}

double IterationPace::Share(double fraction, SteadyTime now) {
  fraction = std::clamp(fraction, 0.0, 1.0);
  FillTo(SecondsOf(now - begin_), static_cast<int>(fraction * kParts));
  share_ = std::max(share_, Expected(fraction));
  return share_;
}

void IterationPace::Finish(SteadyTime now) {
  const double seconds = SecondsOf(now - begin_);
  FillTo(seconds, kParts);
  present_.back() = seconds;
  before_ = present_;
}

// Parts that were done together, such as passes that an early stop left out, are done at one time.
void IterationPace::FillTo(double seconds, int end) {
  while (filled_ < end) present_[static_cast<std::size_t>(++filled_)] = seconds;
}

double IterationPace::Expected(double fraction) const {
  if (before_.back() <= 0.0) return fraction;
  const int part = std::min(static_cast<int>(fraction * kParts), kParts - 1);
  const double from = before_[static_cast<std::size_t>(part)];
  const double to = before_[static_cast<std::size_t>(part) + 1];
  return (from + (to - from) * (fraction * kParts - part)) / before_.back();
}

}  // namespace lookout::app
