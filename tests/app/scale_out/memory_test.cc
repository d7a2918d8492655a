// Agents with memory in the processes of mpirun, on this machine alone. To look into them, this
// program starts itself.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "app/platform/child_process.h"
#include "app/platform/files.h"
#include "app/scale_out/mpi_processes.h"
#include "tests/agents/rl/memory_agent.h"
#include "tests/agents/rl/run_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

constexpr double kPatience_s = 300.0;
// Where each process writes what it has learned, as "2-1" of process 1 of 2.
constexpr const char* kFolder = "LOOKOUT_TEST_MEMORY_FOLDER";

agents::TrainingSettings Settings() {
  agents::TrainingSettings settings = agents::SmallSettings();
  settings.environments = 12;
  settings.steps_per_iteration = 12 * 150;  // episodes go on from one collection to the next
  settings.hidden = 8;
  settings.normalise_observations = true;
  settings.network = agents::NetworkKind::kGtrxl;
  settings.memory_length = 6;
  return settings;
}

TEST_CASE("in each process" * doctest::skip()) {
  const char* const folder = std::getenv(kFolder);
  REQUIRE(folder != nullptr);
  const auto processes = JoinProcesses();
  REQUIRE(processes.ok());
  agents::Agent agent(Settings(), agents::Wander(), **processes);
  for (int i = 0; i < 3; ++i) agent.Iterate();
  const std::string name = fmt::format("{}-{}", (*processes)->size(), (*processes)->rank());
  std::ofstream(std::string(folder) + "/" + name, std::ios::binary) << agent.Encode();
}

TEST_CASE("an agent with memory learns the same in one process and in two, to the bit") {
  const std::string mpirun = LOOKOUT_MPIRUN;
  if (mpirun.empty()) {
    MESSAGE("skipped, as there is no MPI: install libopenmpi-dev and configure again");
    return;
  }
  const test::ScratchFolder scratch;
  const std::string program = std::filesystem::read_symlink("/proc/self/exe");
  setenv(kFolder, scratch.path().c_str(), 1);
  for (const int processes : {1, 2}) {
    CAPTURE(processes);
    const Status ended =
        RunChild({mpirun, "--oversubscribe", "--allow-run-as-root", "-n", fmt::to_string(processes),
                  program, "--no-skip", "--test-case=in each process"},
                 kPatience_s, {});
    REQUIRE_MESSAGE(ended.ok(), (ended.ok() ? "" : ended.error().message));
  }
  const auto alone = ReadWholeFile(scratch / "1-0", 1U << 26U);
  REQUIRE(alone.ok());
  CHECK(alone->size() > 1000);
  for (const char* name : {"2-0", "2-1"}) {
    const auto learned = ReadWholeFile(scratch / name, 1U << 26U);
    REQUIRE(learned.ok());
    CHECK(*learned == *alone);
  }
}

}  // namespace
}  // namespace lookout::app
