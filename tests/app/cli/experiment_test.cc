// lookout experiment, as little of it as tells something.
#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/app/cli/command_line_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

TEST_CASE("experiment queries leaves a table, a picture and what they were made with") {
  const test::ScratchFolder scratch;
  const std::string out = scratch / "out";
  const CommandResult done = Lookout({"experiment", "queries", "--env", "PointGoal1", "--seeds",
                                      "1", "--labels", "4", "--batch", "2", "--pool-episodes", "2",
                                      "--held-out-episodes", "1", "--out", out, "--json"});
  REQUIRE_MESSAGE(done.exit_code == 0, done.errors);
  const nlohmann::json told = nlohmann::json::parse(done.output);
  CHECK(told["command"].get<std::string>().starts_with(
      "lookout experiment queries --env PointGoal1 --seeds 1 --annotator \"oracle: cost\" "
      "--labels 4 --batch 2 "));
  CHECK(told["settings"]["policy"] == "pointgoal1-ppo-lagrangian.policy");
  CHECK(told["auc_error"]["curves"]["queue"].size() == 2);
  CHECK(told["auc_error"]["labels_needed"].size() == 2);
  CHECK(FileText(out + "/queries.json") == done.output);
  CHECK(FileText(out + "/queries.csv").starts_with("seed,strategy,labels,"));
  CHECK(FileText(out + "/queries.svg").starts_with("<svg"));
  CHECK(std::filesystem::exists(out + "/seed-0.json"));
}

TEST_CASE("experiment queries refuses what it cannot do, by its option") {
  const auto refusal = [](const std::vector<std::string>& more) {
    return Lookout(std::vector<std::string>{"experiment", "queries", "--out", "nowhere"} + more);
  };
  CHECK(refusal({"--env", "PointGoal1", "--annotator", "Ann: colour"}).exit_code == kUsage);
  CHECK(refusal({"--env", "PointGoal1", "--labels", "0"}).exit_code == kUsage);
  const CommandResult none = refusal({"--env", "DoggoGoal1"});
  CHECK(none.exit_code == kBadInput);
  CHECK(none.errors.find("No policy is shipped") != std::string::npos);
}

}  // namespace
}  // namespace lookout::app
