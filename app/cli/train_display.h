// What `lookout train` shows: a table row per iteration on standard output and, on a terminal, a
// progress bar with the time left. Main thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "agents/rl/training.h"

namespace lookout::app {

// "1 h 05 min", "12 min 30 s", "8 s".
std::string DurationText(double seconds);

// The table's heading and row, without newline.
std::string TrainHeading();
std::string TrainRow(const agents::IterationReport& report);

class TrainDisplay {
 public:
  // start_steps: taken before this program began; total_steps: when the run is done.
  TrainDisplay(std::int64_t start_steps, std::int64_t total_steps, int steps_per_iteration);

  // Redraws the bar at most ten times a second. fraction: of the present iteration.
  void ShowProgress(double fraction);
  void ShowIteration(const agents::IterationReport& report);
  // Takes the bar away, so that other lines may follow.
  void Clear();

 private:
  std::string BarText(double fraction) const;

  std::int64_t start_steps_;
  std::int64_t steps_;
  std::int64_t total_steps_;
  int steps_per_iteration_;
  int rows_ = 0;
  bool is_terminal_;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point last_drawn_;
};

}  // namespace lookout::app
