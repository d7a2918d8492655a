#include "app/workers/runtime/worker_thread.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

namespace lookout::app {

void NameThisThread(const char* name) { prctl(PR_SET_NAME, name); }

void YieldToWindow(int nice) {
  // Linux keeps niceness per thread, and raising it needs no privilege. A failure would cost
  // smoothness, not correctness, so it is not worth a message.
  const auto thread = static_cast<id_t>(gettid());
  setpriority(PRIO_PROCESS, thread, std::min(19, getpriority(PRIO_PROCESS, thread) + nice));
}

int ThreadsBesideWindow() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()) - 1);
}

}  // namespace lookout::app
