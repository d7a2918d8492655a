// The window's command, as far as a program can press its keys: needs a display.
#include <doctest/doctest.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "tests/app/cli/command_line_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

TEST_CASE("a signal closes the window in order, and the exit code says which") {
  if (std::getenv("DISPLAY") == nullptr) {
    MESSAGE("skipped: there is no display");
    return;
  }
  const test::ScratchFolder scratch;
  setenv("XDG_CONFIG_HOME", (scratch / "settings").c_str(), 1);  // not the person's own
  const std::string project = scratch / "study.lookout";
  const std::jthread sender([&](const std::stop_token& stop) {
    while (!std::filesystem::exists(project) && !stop.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    if (!stop.stop_requested()) kill(getpid(), SIGTERM);
  });
  const CommandResult closed = Lookout({"gui", "--project", project});
  CHECK_MESSAGE(closed.exit_code == 128 + SIGTERM, closed.errors);
}

}  // namespace
}  // namespace lookout::app
