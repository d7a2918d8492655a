// A bar with speed and time left on standard error, if that is a terminal; else nothing. Main
// thread.
#pragma once

#include <chrono>
#include <string>

namespace lookout::app {

// "1 h 05 min", "12 min 30 s", "8 s".
std::string DurationText(double seconds);

// "450 k of 3.00 M steps  5200 steps/s  8 min 10 s left", after the bar itself. new_since_start:
// how much of `done` was done in these seconds.
std::string BarText(double done, double total, double new_since_start, double seconds,
                    const std::string& unit);

class ProgressBar {
 public:
  // start: what was done before; unit: what is counted, "steps".
  ProgressBar(double start, double total, std::string unit);

  // Redraws at most ten times a second.
  void Show(double done);
  // Takes the bar away, so that other lines may follow.
  void Clear() const;

 private:
  double start_done_;
  double total_;
  std::string unit_;
  bool is_terminal_;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point last_drawn_;
};

}  // namespace lookout::app
