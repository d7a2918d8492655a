// The folder that an experiment, a loop or a benchmark's table is kept in: whose it is, whether it
// takes results, and what is said when the work is stopped.
#include <doctest/doctest.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "app/runs/folder_lock.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

// So little of everything that one which is not refused takes seconds.
std::vector<std::vector<std::string>> Commands(const test::ScratchFolder& scratch) {
  const std::string settings =
      scratch
          .Write("settings.json", R"({"steps-per-iteration": 600, "environments": 3,
                                         "hidden": 8, "minibatch": 20})")
          .string();
  return {{"loop", "--env", "PointGoal1", "--settings", settings, "--steps", "1200", "--rounds",
           "1", "--answers", "4", "--audit-clips", "4", "--asked-episodes", "1", "--audit-episodes",
           "1", "--evaluation-episodes", "1"},
          {"experiment",
           "labels",
           "--env",
           "PointGoal1",
           "--settings",
           settings,
           "--steps",
           "600",
           "--rows",
           "stump",
           "--budgets",
           "4",
           "--flips",
           "0",
           "--seeds",
           "1",
           "--pool-episodes",
           "1",
           "--evaluation-episodes",
           "1"},
          {"experiment", "queries", "--env", "PointGoal1", "--seeds", "1", "--labels", "4",
           "--pool-episodes", "1", "--held-out-episodes", "1"},
          {"experiment", "robustness", "--env", "PointGoal1", "--seeds", "1", "--answers", "20",
           "--first-answers", "20", "--pool-episodes", "3", "--selection-episodes", "1",
           "--evaluation-episodes", "1"},
          {"suite", "--algo", "ppo", "--seeds", "1", "--episodes", "1", "--steps", "600",
           "--settings", settings}};
}

TEST_CASE("no two processes work in one folder of results, and the second is told who does") {
  const test::ScratchFolder scratch;
  const std::string out = scratch / "out";
  const auto held = LockFolder(out);
  REQUIRE(held.ok());
  for (const std::vector<std::string>& command : Commands(scratch)) {
    CAPTURE(command[1]);
    const CommandResult refused = Lookout(command + std::vector<std::string>{"--out", out});
    CHECK(refused.exit_code == static_cast<int>(ErrorCode::kProjectInUse));
    CHECK(Contains(refused.errors, out + " is in use by "));
    CHECK(Contains(refused.errors, "choose another folder"));
    CHECK(refused.output.empty());
  }
}

TEST_CASE("a folder that takes no results is refused before the work") {
  const test::ScratchFolder scratch;
  const std::string file = scratch.Write("file", "text").string();
  for (const std::string& out : {file, file + "/below", std::string("/proc")}) {
    for (const std::vector<std::string>& command : Commands(scratch)) {
      CAPTURE(command[1]);
      const CommandResult refused = Lookout(command + std::vector<std::string>{"--out", out});
      CHECK(refused.exit_code == (out == file ? kBadInput : 1));
      CHECK(Contains(refused.errors, "ame another "));
      CHECK_FALSE(Contains(refused.errors, "Round 0"));
    }
  }
}

// Asks it to stop once it has begun, which takes longer than the test will wait.
CommandResult Stopped(const std::vector<std::string>& command, const std::string& out) {
  std::jthread stopper([&out](const std::stop_token& given_up) {
    using namespace std::chrono_literals;
    while (!fs::exists(fs::path(out) / "run.lock") && !given_up.stop_requested()) {
      std::this_thread::sleep_for(5ms);
    }
    if (!given_up.stop_requested()) kill(getpid(), SIGINT);
  });
  return Lookout(command + std::vector<std::string>{"--out", out});
}

TEST_CASE("who stops an experiment, a loop or a suite is told what is kept and how to go on") {
  const test::ScratchFolder scratch;
  for (std::vector<std::string> command : Commands(scratch)) {
    CAPTURE(command[1]);
    for (std::size_t i = 0; i + 1 < command.size(); ++i) {
      const bool is_long = command[i].ends_with("-episodes") || command[i] == "--steps";
      if (is_long) command[i + 1] = command[i] == "--steps" ? "100000000" : "500";
    }
    const std::string out = scratch / command[0] + command[1];
    const CommandResult stopped = Stopped(command, out);
    CHECK(stopped.exit_code == 128 + SIGINT);
    CHECK(Contains(stopped.errors,
                   "Stopped. What is done is kept in " + out + "; the same command goes on."));
    CHECK_FALSE(fs::exists(fs::path(out) / "run.lock"));
  }
}

}  // namespace
}  // namespace lookout::app
