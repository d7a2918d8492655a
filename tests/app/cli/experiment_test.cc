// lookout experiment, as little of it as tells something.
#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "app/platform/files.h"
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

TEST_CASE("experiment robustness leaves tables, a picture and what they were made with") {
  const test::ScratchFolder scratch;
  const std::string out = scratch / "out";
  const std::string policy = FindAsset("policies/pointgoal1-ppo.policy")->string();
  std::vector<std::string> words{"experiment", "robustness", "--env", "PointGoal1"};
  const std::pair<const char*, const char*> options[] = {{"--seeds", "1"},
                                                         {"--answers", "20"},
                                                         {"--first-answers", "20"},
                                                         {"--batch", "20"},
                                                         {"--pool-episodes", "3"},
                                                         {"--selection-episodes", "1"},
                                                         {"--student", "1"},
                                                         {"--evaluation-episodes", "2"},
                                                         {"--student-unlabelled", "1"}};
  for (const auto& [option, value] : options) words.insert(words.end(), {option, value});
  const CommandResult done =
      Lookout(words + std::vector<std::string>{"--policy", policy, "--out", out, "--json"});
  REQUIRE_MESSAGE(done.exit_code == 0, done.errors);
  const nlohmann::json json = nlohmann::json::parse(done.output);
  CHECK(json["command"].get<std::string>().find(" --student 1 --student-unlabelled 1 ") !=
        std::string::npos);
  CHECK(json["arms"]["plain"]["mean_corruption_error"]["value"] == 1.0);
  CHECK(json["arms"]["student"]["corruption_error"].size() == 8);
  CHECK(FileText(out + "/robustness.json") == done.output);
  CHECK(FileText(out + "/robustness.csv").starts_with("seed,arm,answers,"));
  CHECK(FileText(out + "/robustness.txt").starts_with("arm "));
  CHECK(FileText(out + "/robustness.svg").starts_with("<svg"));
}

TEST_CASE("experiment robustness refuses what it cannot do, by its option") {
  const auto refusal = [](const std::vector<std::string>& more) {
    return Lookout(std::vector<std::string>{"experiment", "robustness", "--env", "PointGoal1",
                                            "--out", "nowhere"} +
                   more);
  };
  const CommandResult none = refusal({"--student", "0"});
  CHECK(none.exit_code == kUsage);
  CHECK(none.errors.find("--student is 0") != std::string::npos);
  CHECK(refusal({"--student", "11"}).exit_code == kUsage);
  const CommandResult late = refusal({"--answers", "10", "--first-answers", "20"});
  CHECK(late.exit_code == kUsage);
  CHECK(late.errors.find("--first-answers is 20") != std::string::npos);
}

}  // namespace
}  // namespace lookout::app
