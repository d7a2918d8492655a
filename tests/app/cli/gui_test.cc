// The window's command, as far as a program can press its keys: needs a display.
#include <doctest/doctest.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "tests/app/cli/command_line_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

bool IsSkipped() {
  if (std::getenv("DISPLAY") != nullptr) return false;
  MESSAGE("skipped: there is no display");
  return true;
}

// Opens the window and closes it by a signal. settings: the person's, if any.
CommandResult OpenAndClose(const test::ScratchFolder& scratch, const char* settings) {
  const std::filesystem::path folder = scratch / "settings/lookout";
  std::filesystem::create_directories(folder);
  if (settings != nullptr) std::ofstream(folder / "settings.json") << settings;
  setenv("XDG_CONFIG_HOME", (scratch / "settings").c_str(), 1);  // not the person's own
  const std::string project = scratch / "study.lookout";
  const std::jthread sender([&](const std::stop_token& stop) {
    while (!std::filesystem::exists(project) && !stop.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    if (!stop.stop_requested()) kill(getpid(), SIGTERM);
  });
  return Lookout({"gui", "--project", project});
}

TEST_CASE("a signal closes the window in order, and the exit code says which") {
  if (IsSkipped()) return;
  const test::ScratchFolder scratch;
  const CommandResult closed = OpenAndClose(scratch, nullptr);
  CHECK_MESSAGE(closed.exit_code == 128 + SIGTERM, closed.errors);
}

TEST_CASE("what is wrong with the settings is said at the terminal, by key and line") {
  if (IsSkipped()) return;
  const test::ScratchFolder scratch;
  const CommandResult closed = OpenAndClose(scratch, "{\n\"theme\": \"dark\",\n\"side_tab\": []}");
  CHECK(closed.exit_code == 128 + SIGTERM);
  CHECK_MESSAGE(closed.errors.find("Setting \"side_tab\" (line 3)") != std::string::npos,
                closed.errors);
}

TEST_CASE(
    "settings nested ten thousand deep, and a link to itself, are told and the window opens") {
  if (IsSkipped()) return;
  const test::ScratchFolder scratch;
  const std::string deep = std::string(R"({"layout": )") + std::string(20'000, '[');
  const CommandResult nested = OpenAndClose(scratch, deep.c_str());
  CHECK(nested.exit_code == 128 + SIGTERM);
  CHECK_MESSAGE(nested.errors.find("nests lists deeper than") != std::string::npos, nested.errors);

  const test::ScratchFolder other;
  const std::filesystem::path path = other / "settings/lookout/settings.json";
  std::filesystem::create_directories(path.parent_path());
  std::filesystem::create_symlink(path, path);
  const CommandResult linked = OpenAndClose(other, nullptr);
  CHECK(linked.exit_code == 128 + SIGTERM);
  CHECK_MESSAGE(linked.errors.find("The defaults are used") != std::string::npos, linked.errors);
  CHECK(linked.errors.find("filesystem error") == std::string::npos);
}

}  // namespace
}  // namespace lookout::app
