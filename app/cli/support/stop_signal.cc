#include "app/cli/support/stop_signal.h"

#include <unistd.h>

#include <atomic>
#include <csignal>

#include "app/cli/support/fail.h"
#include "sim/base/log.h"

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

int ExitCodeOf(const Status& done, const StopSignal& stop, const std::string& left) {
  if (!stop.requested()) return done ? 0 : Fail(done.error());
  if (!done) LogInfo("Stopped. " + left);
  return kSignalExit + stop.number();
}

std::string GoesOnIn(const std::string& folder) {
  return "What is done is kept in " + folder + "; the same command goes on.";
}

}  // namespace lookout::app
