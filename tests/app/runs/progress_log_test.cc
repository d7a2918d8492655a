#include "app/runs/progress_log.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "app/runs/run_folder.h"

namespace lookout::app {
namespace {

TEST_CASE("progress rows survive being written and read, a gap stays a gap") {
  agents::IterationReport report;
  report.iteration = 7;
  report.steps = 210'000;
  report.mean_return = 3.25;
  report.mean_true_cost = std::numeric_limits<double>::quiet_NaN();
  report.multiplier = 1.5;
  const LoggedIteration logged{.report = report, .run_seconds = 12.5, .new_steps = 30'000};
  const auto table = ParseProgress(ProgressHeader() + ProgressRow(logged), "it");
  REQUIRE(table.ok());
  CHECK(table->rows == 1);
  CHECK((*table)["Epoch"][0] == 7);
  CHECK((*table)["AverageEpRet"][0] == 3.25);
  CHECK(std::isnan((*table)["AverageEpCost"][0]));
  CHECK((*table)["Penalty"][0] == 1.5);
  CHECK((*table)["Time"][0] == 12.5);
  CHECK((*table)["Nothing"].empty());
}

TEST_CASE("the columns are the 2019 agents', in their order") {
  const std::string header = ProgressHeader();
  std::size_t at = 0;
  for (const char* name : {"Epoch\t",
                           "\tAverageEpRet\t",
                           "\tStdEpRet\t",
                           "\tMaxEpRet\t",
                           "\tMinEpRet\t",
                           "\tAverageEpCost\t",
                           "\tStdEpCost\t",
                           "\tMaxEpCost\t",
                           "\tMinEpCost\t",
                           "\tEpLen\t",
                           "\tCumulativeCost\t",
                           "\tCostRate\t",
                           "\tLossPi\t",
                           "\tDeltaLossPi\t",
                           "\tDeltaSurrCost\t",
                           "\tLossV\t",
                           "\tLossVC\t",
                           "\tPenalty\t",
                           "\tStopIter\t",
                           "\tOptimCase\t",
                           "\tBacktrackIters\t",
                           "\tEntropy\t",
                           "\tKL\t",
                           "\tTotalEnvInteracts\t",
                           "\tTime\n"}) {
    at = header.find(name, at == 0 ? 0 : at - 1);
    REQUIRE_MESSAGE(at != std::string::npos, name);
    at += std::string_view(name).size();
  }
}

TEST_CASE("no name is given twice in a log") {
  std::set<std::string> names;
  for (const ReportFigure& figure : ReportFigures()) {
    for (const char* name : {figure.key, figure.column, figure.tag}) {
      if (name != nullptr) CHECK_MESSAGE(names.insert(name).second, name);
    }
  }
}

TEST_CASE("a damaged progress file is refused with line, expected and found") {
  const auto torn = ParseProgress("Epoch\tTime\n1\t2\n2\n", "progress.txt");
  REQUIRE_FALSE(torn.ok());
  CHECK(torn.error().message == "progress.txt, line 3: expected 2 fields, found 1.");
  CHECK_FALSE(ParseProgress("", "it").ok());
  const auto refusal = [](const char* text) {
    const auto refused = ParseProgress(text, "p");
    REQUIRE_FALSE(refused.ok());
    return refused.error().message;
  };
  CHECK(refusal("Epoch\tTime\n1\t2x\n") ==
        "p, line 2: expected a number under 'Time', found '2x'.");
  CHECK(refusal("Epoch\tKL\tKL\n") == "p has the column 'KL' twice, expected it once.");
  CHECK(refusal("Epoch\n1\n") == "p has no header line of tab-separated column names.");
}

TEST_CASE("a last line without its newline is still being written") {
  const auto table = ParseProgress("Epoch\tTime\n1\t5\n2\t6", "it");
  REQUIRE(table.ok());
  CHECK((*table)["Epoch"] == std::vector<double>{1});
}

TEST_CASE("rows after the checkpoint are dropped") {
  CHECK(KeepEpochs("Epoch\tTime\n1\t5\n2\t6\n3\t7\n", 2) == "Epoch\tTime\n1\t5\n2\t6\n");
  CHECK(KeepEpochs("Epoch\tTime\n119\t5\n12", 119) == "Epoch\tTime\n119\t5\n");
}

TEST_CASE("a log of before a column was there gets the column, empty") {
  const std::string header = ProgressHeader();
  const std::string row = ProgressRow({.report = {.iteration = 1}});
  CHECK(InPresentColumns(header + row) == header + row);
  const auto table = ParseProgress(*InPresentColumns("Epoch\tTime\n1\t5\n2\t6\n"), "it");
  REQUIRE(table.ok());
  CHECK((*table)["Epoch"] == std::vector<double>{1, 2});
  CHECK((*table)["Time"] == std::vector<double>{5, 6});
  REQUIRE((*table)["KL"].size() == 2);
  CHECK(std::isnan((*table)["KL"][0]));
  CHECK_FALSE(InPresentColumns("Epoch\tMood\n1\t5\n").has_value());
}

TEST_CASE("a configuration with a wrong key is refused by its name") {
  RunConfig config{.environment = "Safexp-PointGoal1-v0", .preset = "fast"};
  config.settings.normalise_observations = true;
  const std::string text = RunConfigText(config);
  const auto same = ParseRunConfig(text, "config.json");
  REQUIRE(same.ok());
  CHECK(same->settings.normalise_observations);
  CHECK(same->preset == "fast");
  const auto without = [&](const std::string& key, const std::string& other) {
    std::string changed = text;
    changed.replace(changed.find(key), key.size(), other);
    const auto refused = ParseRunConfig(changed, "config.json");
    REQUIRE_FALSE(refused.ok());
    return refused.error().message;
  };
  CHECK(without("\"gamma\"", "\"gamme\"").find("\"gamme\"") != std::string::npos);
  CHECK(without("\"ppo\"", "\"dqn\"").find("dqn") != std::string::npos);
  CHECK(without("0.2,", "-5,").find("\"clip-ratio\", found -5.") != std::string::npos);
  CHECK(without("0.2,", "\"x\",").find("found \"x\"") != std::string::npos);
  CHECK(without("\"hidden\": 256", "\"hidden\": 1e300").find("found 1e+300") != std::string::npos);
  CHECK(without("\"hidden\": 256", "\"hidden\": 2.5").find("a whole number") != std::string::npos);
  CHECK(without("\"settings\"", "\"numbers\"").find("settings") != std::string::npos);
  CHECK_FALSE(ParseRunConfig("[1, 2", "config.json").ok());
}

TEST_CASE("a configuration of before a setting was there has the setting's default") {
  const auto config = ParseRunConfig(
      R"({"env": "Safexp-CarGoal1-v0", "algo": "cpo", "settings": {"gamma": 0.9}})", "config.json");
  REQUIRE(config.ok());
  CHECK(config->settings.algorithm == agents::Algorithm::kCpo);
  CHECK(config->settings.gamma == 0.9);
  CHECK(config->settings.cost_source == agents::CostSource::kRule);
  CHECK(config->settings.clip_ratio == 0.2);
}

}  // namespace
}  // namespace lookout::app
