// The processor time of one thread, so that what else runs on the machine counts less. Any thread.
#pragma once

#include <ctime>

namespace lookout::app {

// Of the calling thread, since it began.
inline double ThreadSeconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace lookout::app
