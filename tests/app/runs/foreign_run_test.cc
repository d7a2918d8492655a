#include "app/runs/foreign_run.h"

#include <doctest/doctest.h>

#include <cmath>

#include "app/platform/files.h"
#include "app/runs/run_groups.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

TEST_CASE("a run of the 2019 agents is read by its columns' names") {
  const test::ScratchFolder scratch;
  REQUIRE(WriteWholeFile(scratch / "config.json",
                         R"({"cost_lim": 25, "exp_name": "study_a", "seed": 10})")
              .ok());
  REQUIRE(WriteWholeFile(scratch / "progress.txt",
                         "Epoch\tAverageEpRet\tAverageEpCost\tNote\tTotalEnvInteracts\n"
                         "0\t-1.0\tnan\tfirst\t4000\n1\t0.5\t50.5\t\t8000\n")
              .ok());
  const auto run = LoadAnyRunFolder(scratch / ".");
  REQUIRE_MESSAGE(run.ok(), (run.ok() ? "" : run.error().message));
  CHECK(run->progress.rows == 2);
  CHECK(run->progress["TotalEnvInteracts"] == std::vector<double>{4000, 8000});
  CHECK(run->progress["AverageEpRet"] == std::vector<double>{-1.0, 0.5});
  CHECK(std::isnan(run->progress["AverageEpCost"][0]));
  CHECK(run->progress["AverageEpCost"][1] == 50.5);
  REQUIRE(run->foreign.has_value());
  CHECK(run->foreign->agent == "study_a");
  CHECK(run->foreign->seed == 10);
  CHECK(run->foreign->cost_limit == 25);
}

TEST_CASE("a run of OmniSafe is read from its CSV and its nested settings, seeds as one group") {
  const test::ScratchFolder scratch;
  std::vector<LoadedRun> runs;
  for (const char* seed : {"0", "1"}) {
    const std::filesystem::path folder = scratch / seed;
    REQUIRE(WriteWholeFile(folder / "config.json",
                           std::string(R"({"algo": "PPOLag", "env_id": "SafetyPointGoal1-v0",
                               "lagrange_cfgs": {"cost_limit": 20.0}, "seed": )") +
                               seed + "}")
                .ok());
    REQUIRE(WriteWholeFile(folder / "progress.csv",
                           "Metrics/EpRet,Metrics/EpCost,Train/Epoch,TotalEnvSteps\r\n"
                           "1.5,30,0,1000\r\n,28,1,2000\r\n")
                .ok());
    auto run = LoadAnyRunFolder(folder);
    REQUIRE_MESSAGE(run.ok(), (run.ok() ? "" : run.error().message));
    runs.push_back(std::move(*run));
  }
  const auto groups = GroupRuns(runs);
  REQUIRE(groups.ok());
  REQUIRE(groups->size() == 1);
  CHECK(groups->front().label == "PPOLag");
  CHECK(groups->front().config().environment == "SafetyPointGoal1-v0");
  CHECK(CostLimitOf(groups->front()) == 20.0);
  const GroupResult result = ResultOf(groups->front());
  CHECK(result.steps == 2000);
  CHECK(result.total_reward.mean == 1.5);
  CHECK(result.cost.mean == 29);
  CHECK(std::isnan(result.cost_rate.mean));
  CHECK_FALSE(GroupRuns({runs[0], runs[0]}).ok());
}

TEST_CASE("what is no run is refused with what it lacks") {
  const test::ScratchFolder scratch;
  const auto refusal = [&] {
    const auto refused = LoadAnyRunFolder(scratch / ".");
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::kBadInput);
    CHECK(refused.error().message.find("json.") == std::string::npos);
    return refused.error().message;
  };
  const auto has = [](const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
  };
  CHECK(has(refusal(), "neither progress.txt nor progress.csv"));
  const std::string log = scratch / "progress.csv";
  REQUIRE(WriteWholeFile(log, "a,b\n1,2\n").ok());
  CHECK(has(refusal(), "TotalEnvSteps"));
  REQUIRE(WriteWholeFile(log, "EpRet,TotalEnvSteps\n").ok());
  CHECK(has(refusal(), "no finished iteration"));
  REQUIRE(WriteWholeFile(log, "EpRet,TotalEnvSteps\n1,2\n3\n").ok());
  CHECK(has(refusal(), "line 3: expected 2 fields, found 1"));
  REQUIRE(WriteWholeFile(log, "EpRet,TotalEnvSteps\nbad,2\n").ok());
  CHECK(has(refusal(), "line 2: expected a number, found 'bad'"));
  REQUIRE(WriteWholeFile(scratch / "config.json", "{").ok());
  CHECK(has(refusal(), "config.json is not JSON at line 1"));
}

}  // namespace
}  // namespace lookout::app
