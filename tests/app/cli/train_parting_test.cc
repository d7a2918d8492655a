// A run on a learned cost that is to stop where the learned cost and the true one part.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "app/platform/files.h"
#include "app/runs/run_folder.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

using Cells = std::vector<std::string>;

Cells CellsOf(const std::string& line) {
  Cells cells;
  std::istringstream words(line);
  for (std::string cell; std::getline(words, cell, '\t');) cells.push_back(cell);
  return cells;
}

// Says of a run's log that from that iteration on its episodes cost far more than they did, which
// the cost model has not seen.
void LogParted(const std::string& folder, int from_iteration) {
  std::istringstream log(FileText(RunFolder(folder).progress()));
  std::string line, changed;
  std::getline(log, line);
  changed = line + "\n";
  const Cells names = CellsOf(line);
  const auto column = [&](const char* name) {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
  };
  for (int iteration = 1; std::getline(log, line); ++iteration) {
    Cells cells = CellsOf(line);
    cells[column("AverageEpCost")] = iteration < from_iteration ? "0" : "1000";
    cells[column("LearnedEpCost")] = "500";
    cells[column("StdEpCost")] = "1";
    for (std::size_t i = 0; i < cells.size(); ++i) changed += (i == 0 ? "" : "\t") + cells[i];
    changed += "\n";
  }
  REQUIRE(WriteWholeFile(RunFolder(folder).progress(), changed).ok());
}

// Twelve iterations, whose costs part in the thirteenth.
struct PartingTraining {
  test::ScratchFolder scratch;
  std::string folder = scratch / "run";

  PartingTraining() {
    const std::string world = scratch / "world.json";
    REQUIRE(WriteWholeFile(world, R"({"extends": "Safexp-PointGoal1-v0", "num_steps": 100})").ok());
    Cells training = TinyTraining(folder, 12);
    std::ranges::replace(training, std::string("Safexp-PointGoal1-v0"), world);
    const CommandResult result = Lookout(
        training + Cells{"--cost", "learned", "--cost-model", ShippedModel().string(), "--anyway"});
    REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
    LogParted(folder, 11);
  }
  CommandResult GoOn(const Cells& more) {
    return Lookout(Cells{"train", "--resume", folder, "--steps", "9000"} + more);
  }
  std::size_t Iterations() const {
    const std::string log = FileText(RunFolder(folder).progress());
    return static_cast<std::size_t>(std::ranges::count(log, '\n')) - 1;
  }
};

}  // namespace

TEST_CASE_FIXTURE(PartingTraining, "a run stops where the costs part, says when, and can go on") {
  const CommandResult stopped = GoOn({"--stop-when-parted"});
  CHECK(stopped.exit_code == 0);
  CHECK(Iterations() == 13);
  CHECK(Contains(stopped.errors, "since iteration 11 the true cost is higher"));
  CHECK(Contains(stopped.errors, "stops after iteration 13"));
  CHECK(Contains(stopped.errors, "lookout train --resume"));
  // It was said, and the person went on.
  CHECK(GoOn({}).exit_code == 0);
  CHECK(Iterations() == 15);
}

TEST_CASE_FIXTURE(PartingTraining, "a run that is not to stop goes on to its end") {
  CHECK(GoOn({"--stop-when-parted", "0"}).exit_code == 0);
  CHECK(Iterations() == 15);
}

TEST_CASE("stopping where costs part takes a learned cost, and yes or no") {
  const test::ScratchFolder scratch;
  const Cells training = TinyTraining(scratch / "run", 1);
  const CommandResult ruled = Lookout(training + Cells{"--stop-when-parted"});
  CHECK(ruled.exit_code != 0);
  CHECK(Contains(ruled.errors, "--stop-when-parted is of a learned cost"));
  const CommandResult neither =
      Lookout(training + Cells{"--cost", "learned", "--cost-model", ShippedModel().string(),
                               "--stop-when-parted", "2"});
  CHECK(Contains(neither.errors, "it has to be 1, yes, or 0, no"));
}

}  // namespace lookout::app
