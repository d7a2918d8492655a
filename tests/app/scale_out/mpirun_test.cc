// lookout train in the processes of mpirun, on this machine alone.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include "app/platform/child_process.h"
#include "app/platform/files.h"
#include "app/runs/run_folder.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

constexpr double kMpiPatience_s = 300.0;
const std::string kMpirun = LOOKOUT_MPIRUN;  // empty: not installed

// True, with the reason, where MPI was not found when this was built.
bool IsSkipped() {
  if (!kMpirun.empty()) return false;
  MESSAGE("skipped, as there is no MPI: install libopenmpi-dev and configure again");
  return true;
}

using Words = std::vector<std::string>;

// The published recipe and the other one, which holds actions, learns from minibatches and combines
// advantages.
const Words kPpo{"--algo", "ppo", "--policy-iterations", "2", "--value-iterations", "2"};
const Words kPpoLagrangian{"--algo",
                           "ppo-lag",
                           "--policy-iterations",
                           "2",
                           "--value-iterations",
                           "2",
                           "--normalise-observations",
                           "1"};
const Words kCpo{"--algo", "cpo", "--value-iterations", "2"};
const Words kFast{"--preset",     "fast", "--algo",      "ppo-lag",
                  "--multiplier", "pid",  "--minibatch", "100"};

// The same collection and the same batches for any number of processes: 2,400 steps, 12 episodes
// side by side.
Words TinyTraining(const std::string& folder, const Words& recipe, int iterations) {
  Words words{LOOKOUT_PROGRAM,
              "train",
              "--out",
              folder,
              "--workers",
              "1",
              "--hidden",
              "8",
              "--environments",
              "12",
              "--steps-per-iteration",
              "2400",
              "--steps",
              fmt::to_string(2400 * iterations)};
  words.insert(words.end(), recipe.begin(), recipe.end());
  return words;
}

// The same in so many processes that mpirun starts.
Words In(int processes, const Words& arguments) {
  Words all{kMpirun, "--oversubscribe", "--allow-run-as-root", "-n", fmt::to_string(processes)};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

void MustRun(const Words& arguments) {
  const Status status = RunChild(arguments, kMpiPatience_s, {});
  REQUIRE_MESSAGE(status.ok(), (status.ok() ? "" : status.error().message));
}

std::string FileText(const std::filesystem::path& path) {
  const auto bytes = ReadWholeFile(path, 1U << 26U);
  return bytes.ok() ? *bytes : "cannot read " + path.string();
}

// Each figure of each iteration, but for times, within that share of the first run's.
void CheckSameProgress(const std::string& first_folder, const std::string& second_folder,
                       double tolerance) {
  const auto first = LoadRunFolder(first_folder);
  const auto second = LoadRunFolder(second_folder);
  REQUIRE(first.ok());
  REQUIRE(second.ok());
  REQUIRE(first->progress.rows == second->progress.rows);  // logged once, not by every process
  for (const auto& [name, values] : first->progress.columns) {
    if (name.ends_with("Time")) continue;
    for (std::size_t i = 0; i < values.size(); ++i) {
      CAPTURE(name);
      CAPTURE(i);
      const double found = second->progress[name][i];
      CHECK(std::isnan(found) == std::isnan(values[i]));
      if (!std::isnan(found)) CHECK(std::abs(found - values[i]) <= tolerance * std::abs(values[i]));
    }
  }
}

TEST_CASE("two and four processes learn what one does with the same batches, to the bit") {
  if (IsSkipped()) return;
  for (const Words& recipe : {kPpoLagrangian, kCpo, kFast}) {
    CAPTURE(recipe);
    const test::ScratchFolder scratch;
    const RunFolder alone(scratch / "1");
    MustRun(TinyTraining(scratch / "1", recipe, 2));
    for (const int processes : {2, 4}) {
      CAPTURE(processes);
      const std::string folder = scratch / fmt::to_string(processes).c_str();
      MustRun(In(processes, TinyTraining(folder, recipe, 2)));
      const RunFolder together(folder);
      CHECK(FileText(together.checkpoint()) == FileText(alone.checkpoint()));
      CHECK(FileText(together.policy()) == FileText(alone.policy()));
      CheckSameProgress(scratch / "1", folder, 0.0);
    }
  }
}

TEST_CASE("three processes add up in another order, and learn the same up to rounding") {
  if (IsSkipped()) return;
  const test::ScratchFolder scratch;
  MustRun(TinyTraining(scratch / "1", kPpoLagrangian, 1));
  MustRun(In(3, TinyTraining(scratch / "3", kPpoLagrangian, 1)));
  CheckSameProgress(scratch / "1", scratch / "3", 1e-3);
}

TEST_CASE("a run begun alone goes on in many processes") {
  if (IsSkipped()) return;
  const test::ScratchFolder scratch;
  MustRun(TinyTraining(scratch / "whole", kPpo, 2));
  MustRun(TinyTraining(scratch / "parts", kPpo, 1));
  MustRun(In(2, {LOOKOUT_PROGRAM, "train", "--resume", scratch / "parts", "--steps", "4800"}));
  CHECK(FileText(RunFolder(scratch / "parts").checkpoint()) ==
        FileText(RunFolder(scratch / "whole").checkpoint()));
}

TEST_CASE("when one process cannot start, all end") {
  if (IsSkipped()) return;
  const test::ScratchFolder scratch;
  MustRun(TinyTraining(scratch / "run", kPpo, 1));
  // Only the first process looks whether the folder is taken.
  CHECK_FALSE(RunChild(In(2, TinyTraining(scratch / "run", kPpo, 1)), kMpiPatience_s, {}).ok());
}

// Runs its arguments after the folder. The second process gets SIGTERM after the first iteration;
// how each of them ended is written beside the folder.
constexpr const char* kStopTheSecond =
    "folder=$1; shift; rank=${OMPI_COMM_WORLD_RANK:-$PMI_RANK}\n"
    "\"$@\" & program=$!\n"
    "if [ $rank = 1 ]; then\n"
    "  until [ $(cat $folder/progress.txt 2>/dev/null | wc -l) -ge 2 ]; do sleep 0.05; done\n"
    "  kill -TERM $program\n"
    "fi\n"
    "wait $program; echo $? > $folder-$rank\n";

TEST_CASE("a stop that reaches one process stops all, and all end alike") {
  if (IsSkipped()) return;
  const test::ScratchFolder scratch;
  const std::string folder = scratch / "run";
  Words arguments{"sh", "-c", kStopTheSecond, "sh", folder};
  const Words training = TinyTraining(folder, kPpo, 100'000);
  arguments.insert(arguments.end(), training.begin(), training.end());
  MustRun(In(2, arguments));
  const std::string terminated = fmt::format("{}\n", 128 + SIGTERM);
  CHECK(FileText(folder + "-0") == terminated);
  CHECK(FileText(folder + "-1") == terminated);
  const auto run = LoadRunFolder(folder);
  REQUIRE(run.ok());
  CHECK(run->progress.rows < 100'000);
}

TEST_CASE("the program itself is there to be started") {
  CHECK(RunChild({LOOKOUT_PROGRAM, "--version"}, kMpiPatience_s, {}).ok());
}

}  // namespace
}  // namespace lookout::app
