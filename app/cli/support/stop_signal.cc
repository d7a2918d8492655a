#include "app/cli/support/stop_signal.h"

#include <unistd.h>

#include <atomic>
#include <csignal>

#include "app/cli/support/fail.h"

namespace lookout::app {
namespace {

// A signal handler can reach nothing but a static.
std::atomic<int> signal_number = 0;
static_assert(std::atomic<int>::is_always_lock_free);

void OnSignal(int number) {
  if (signal_number.exchange(number) != 0) _exit(kSignalExit + number);
}

}  // namespace

StopSignal::StopSignal() {
  signal_number = 0;
  std::signal(SIGINT, OnSignal);
  std::signal(SIGTERM, OnSignal);
}

StopSignal::~StopSignal() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

int StopSignal::number() const { return signal_number; }

int ExitCodeOf(const Status& done, const StopSignal& stop) {
  if (stop.requested()) return kSignalExit + stop.number();
  return done ? 0 : Fail(done.error());
}

}  // namespace lookout::app
