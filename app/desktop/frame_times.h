// How long frames took, for the status bar and the benchmark. Window thread only.
#pragma once

#include <cstddef>
#include <vector>

namespace lookout::app {

// Milliseconds of one frame, by part.
struct FrameTime {
  double ui_ms = 0.0;       // drawing the panels, without the 3-D view
  double ui_busy_ms = 0.0;  // of that, how long its thread was on a processor
  double view_ms = 0.0;     // drawing the 3-D view
  double whole_ms = 0.0;    // from frame to frame, waiting for the display included
};

// The value that `fraction` of the values do not exceed (nearest rank); 0 without values.
double Percentile(std::vector<double> values, double fraction);

// Keeps every frame since it was cleared, at most `most`.
class FrameTimes {
 public:
  explicit FrameTimes(std::size_t most) : most_(most) { times_.reserve(most); }
  void Add(const FrameTime& time) {
    if (times_.size() < most_) times_.push_back(time);
  }
  void Clear() { times_.clear(); }
  const std::vector<FrameTime>& times() const { return times_; }
  // Of one part: &FrameTime::ui_ms, ...
  double PercentileOf(double FrameTime::*part, double fraction) const;

 private:
  std::size_t most_;
  std::vector<FrameTime> times_;
};

}  // namespace lookout::app
