// Measures how fast steps really happen, over the last half second. One thread; never allocates.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "app/workers/runtime/steady_time.h"

namespace lookout::app {

class SpeedMeter {
 public:
  static constexpr std::chrono::milliseconds kWindow{500};

  // `steps` were taken, the last of them now.
  void Count(SteadyTime now, std::int64_t steps);
  // Steps per second of wall time over the window, or between the last two counts when steps come
  // more slowly than that; 0 while it is not known and once steps stay away.
  double StepsPerSecond(SteadyTime now) const;
  void Clear() { size_ = 0; }

 private:
  struct Sample {
    SteadyTime time;
    std::int64_t total = 0;
  };
  // Newest is Back(0).
  const Sample& Back(std::size_t age) const;

  std::array<Sample, 256> ring_;  // more than the player's slices in half a second
  std::size_t next_ = 0;
  std::size_t size_ = 0;
  std::int64_t total_ = 0;
};

}  // namespace lookout::app
