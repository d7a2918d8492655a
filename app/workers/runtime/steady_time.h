// The clock that workers pace themselves by: steady, so that a clock jump or a suspend never makes
// simulated time leap. Injected where tests need a fake one. Any thread.
#pragma once

#include <chrono>
#include <functional>

namespace lookout::app {

using SteadyTime = std::chrono::steady_clock::time_point;
using SteadyDuration = std::chrono::steady_clock::duration;
using ClockFunction = std::function<SteadyTime()>;

inline double SecondsOf(SteadyDuration duration) {
  return std::chrono::duration<double>(duration).count();
}
inline SteadyDuration DurationOf(double seconds) {
  return std::chrono::duration_cast<SteadyDuration>(std::chrono::duration<double>(seconds));
}

}  // namespace lookout::app
