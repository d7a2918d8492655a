#include "app/workspace/files/plot_saver.h"

#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <thread>

#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

ui::PlotTable Sample() {
  return {.title = "Cost per episode",
          .x_name = "steps",
          .limit = {"limit", 25.0},
          .curves = {{.name = "PPO, \"fast\"",
                      .x = {1000, 2000},
                      .y = {3.5, NAN},
                      .low = {3, 3},
                      .high = {4, 4}}}};
}

TEST_CASE("a plot as CSV has a column of x and one for each curve and its band") {
  CHECK(PlotAsCsv(Sample()) ==
        "\"steps of PPO, \"\"fast\"\"\",\"PPO, \"\"fast\"\"\","
        "\"PPO, \"\"fast\"\" low\",\"PPO, \"\"fast\"\" high\"\n"
        "1000,3.5,3,4\n2000,,3,4\n");
}

TEST_CASE("plots are written beside the project, each under a name of its own") {
  const test::ScratchFolder scratch;
  PlotSaver saver;
  for (const bool svg : {false, false, true})
    saver.Save({Sample(), svg}, scratch / "study.lookout");
  std::vector<PlotSaver::Outcome> all;
  for (int i = 0; i < 12'000 && all.size() < 3; ++i) {
    std::vector<PlotSaver::Outcome> some;
    if (saver.Take(some)) all.insert(all.end(), some.begin(), some.end());
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  REQUIRE(all.size() == 3);
  for (const PlotSaver::Outcome& outcome : all) CHECK(outcome.saved);
  for (const char* name : {"plots/cost-per-episode.csv", "plots/cost-per-episode-2.csv",
                           "plots/cost-per-episode.svg"}) {
    CHECK(std::filesystem::exists(scratch / name));
  }
}

}  // namespace
}  // namespace lookout::app
