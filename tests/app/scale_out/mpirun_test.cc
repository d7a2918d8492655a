// lookout train in the processes of mpirun, on this machine alone.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "app/platform/child_process.h"
#include "app/platform/files.h"
#include "app/runs/run_folder.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

constexpr double kPatience_s = 300.0;
const std::string kMpirun = LOOKOUT_MPIRUN;  // empty: not installed

std::vector<std::string> TinyTraining(const std::string& folder, const std::string& algorithm,
                                      int iterations) {
  return {LOOKOUT_PROGRAM,
          "train",
          "--out",
          folder,
          "--algo",
          algorithm,
          "--workers",
          "1",
          "--environments",
          "12",
          "--steps-per-iteration",
          "2400",
          "--steps",
          std::to_string(2400 * iterations),
          "--hidden",
          "8",
          "--policy-iterations",
          "2",
          "--value-iterations",
          "2",
          "--normalise-observations",
          "1"};
}

// The same in so many processes that mpirun starts.
std::vector<std::string> In(int processes, const std::vector<std::string>& arguments) {
  std::vector<std::string> all{kMpirun, "--oversubscribe", "--allow-run-as-root", "-n",
                               std::to_string(processes)};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

void MustRun(const std::vector<std::string>& arguments) {
  const Status status = RunChild(arguments, kPatience_s, {});
  REQUIRE_MESSAGE(status.ok(), (status.ok() ? "" : status.error().message));
}

std::string FileText(const std::filesystem::path& path) {
  const auto bytes = ReadWholeFile(path, 1U << 26U);
  return bytes.ok() ? *bytes : "cannot read " + path.string();
}

TEST_CASE("two and four processes leave the checkpoint that one leaves" *
          doctest::skip(kMpirun.empty())) {
  for (const char* algorithm : {"ppo-lag", "cpo"}) {
    CAPTURE(algorithm);
    const test::ScratchFolder scratch;
    MustRun(TinyTraining(scratch / "one", algorithm, 2));
    MustRun(In(2, TinyTraining(scratch / "two", algorithm, 2)));
    MustRun(In(4, TinyTraining(scratch / "four", algorithm, 2)));
    const std::string checkpoint = FileText(RunFolder(scratch / "one").checkpoint());
    CHECK(FileText(RunFolder(scratch / "two").checkpoint()) == checkpoint);
    CHECK(FileText(RunFolder(scratch / "four").checkpoint()) == checkpoint);
    const auto progress = LoadRun(scratch / "four");
    REQUIRE(progress.ok());
    CHECK(progress->progress["Epoch"] == std::vector<double>{1, 2});  // logged once, not four times
  }
}

TEST_CASE("a run begun alone goes on in many processes" * doctest::skip(kMpirun.empty())) {
  const test::ScratchFolder scratch;
  MustRun(TinyTraining(scratch / "whole", "ppo", 2));
  MustRun(TinyTraining(scratch / "parts", "ppo", 1));
  MustRun(In(2, {LOOKOUT_PROGRAM, "train", "--resume", scratch / "parts", "--steps", "4800"}));
  CHECK(FileText(RunFolder(scratch / "parts").checkpoint()) ==
        FileText(RunFolder(scratch / "whole").checkpoint()));
}

TEST_CASE("when one process cannot start, all end" * doctest::skip(kMpirun.empty())) {
  const test::ScratchFolder scratch;
  MustRun(TinyTraining(scratch / "run", "ppo", 1));
  // Only the first process looks whether the folder is taken.
  CHECK_FALSE(RunChild(In(2, TinyTraining(scratch / "run", "ppo", 1)), kPatience_s, {}).ok());
}

TEST_CASE("the program itself is there to be started") {
  CHECK(RunChild({LOOKOUT_PROGRAM, "--version"}, kPatience_s, {}).ok());
}

}  // namespace
}  // namespace lookout::app
