// The time of day, for what is shown or stored; never for pacing (see steady_time.h). Any thread.
#pragma once

#include <chrono>
#include <cstdint>

namespace lookout::app {

// Since 1970-01-01 UTC.
inline std::int64_t UnixMilliseconds() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace lookout::app
