// lookout experiment, as little of it as tells something.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
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

std::vector<std::string> TinyLabels(const test::ScratchFolder& scratch) {
  const std::string file = scratch / "settings.json";
  std::ofstream(file) << R"({"steps-per-iteration": 2000, "environments": 2, "hidden": 8,
                             "minibatch": 20})";
  return {"experiment",
          "labels",
          "--env",
          "PointGoal1",
          "--rows",
          "stump",
          "--budgets",
          "12",
          "--flips",
          "0.1,0.1",
          "--seeds",
          "1",
          "--steps",
          "2000",
          "--settings",
          file,
          "--batch",
          "6",
          "--pool-episodes",
          "2",
          "--limits",
          "25,40",
          "--evaluation-episodes",
          "2"};
}

TEST_CASE("experiment labels leaves tables, a picture and what they were made with") {
  const test::ScratchFolder scratch;
  const std::string out = scratch / "out";
  const std::vector<std::string> arguments =
      TinyLabels(scratch) + std::vector<std::string>{"--out", out};
  const CommandResult done = Lookout(arguments + std::vector<std::string>{"--json"});
  REQUIRE_MESSAGE(done.exit_code == 0, done.errors);
  const nlohmann::json told = nlohmann::json::parse(done.output);
  CHECK(told["command"].get<std::string>().starts_with(
      "lookout experiment labels --env PointGoal1 --rows rule,stump --budgets 12 --flips 0.1 "
      "--limits 25,40 --matched-cost 25 --seeds 1 --preset fast --steps 2000 "));
  CHECK(told["settings"]["policy"] == "pointgoal1-ppo.policy");
  REQUIRE(told["rows"].size() == 4);
  CHECK(told["rows"][1]["cost_from"] == "stump");
  CHECK(told["rows"][1]["answers"] == 12);
  CHECK(FileText(out + "/labels.json") == done.output);
  CHECK(FileText(out + "/labels.csv").starts_with("row,flips,answers,limit,seed,"));
  CHECK(FileText(out + "/labels.svg").starts_with("<svg"));

  // All of it is there already: the table comes at once.
  const CommandResult again = Lookout(arguments);
  REQUIRE_MESSAGE(again.exit_code == 0, again.errors);
  CHECK(again.output == FileText(out + "/labels.md"));
  CHECK(again.output.starts_with("| cost from | flips | answers |"));
}

TEST_CASE("experiment labels refuses what it cannot do, by its option") {
  const test::ScratchFolder scratch;
  const auto refusal = [&](const std::vector<std::string>& more) {
    return Lookout(TinyLabels(scratch) + std::vector<std::string>{"--out", "nowhere"} + more);
  };
  CHECK(refusal({"--annotator", "Ann: colour"}).exit_code == kUsage);
  CHECK(refusal({"--preset", "slow"}).exit_code == kUsage);
  const CommandResult flips = refusal({"--annotator", "Ann: cost; flip 0.1"});
  CHECK(flips.exit_code == kUsage);
  CHECK(flips.errors.find("--flips") != std::string::npos);
  const auto instead = [&](const std::string& option, const std::string& value) {
    return Lookout(
        {"experiment", "labels", "--env", "PointGoal1", "--out", "nowhere", option, value});
  };
  const CommandResult row = instead("--rows", "rule,stomp");
  CHECK(row.exit_code == kUsage);
  CHECK(row.errors.find("stump") != std::string::npos);
  CHECK(instead("--flips", "0.5").exit_code == kUsage);
  CHECK(instead("--budgets", "0").exit_code == kUsage);
  CHECK(instead("--policy", "nowhere.policy").exit_code == kBadInput);
  const CommandResult none =
      Lookout({"experiment", "labels", "--env", "DoggoGoal1", "--out", "nowhere"});
  CHECK(none.exit_code == kBadInput);
  CHECK(none.errors.find("No policy is shipped") != std::string::npos);
}

std::vector<std::string> TinyOverseersWords(const test::ScratchFolder& scratch) {
  const std::string file = scratch / "settings.json";
  std::ofstream(file) << R"({"steps-per-iteration": 2000, "environments": 2, "hidden": 8,
                             "minibatch": 20})";
  return {"experiment", "overseers",  "--rows",
          "limit-0",    "--seeds",    "1",
          "--steps",    "2000",       "--evaluation-episodes",
          "1",          "--settings", file};
}

TEST_CASE("experiment overseers leaves tables, a picture and what they were made with") {
  const test::ScratchFolder scratch;
  const std::string out = scratch / "out";
  const std::vector<std::string> arguments =
      TinyOverseersWords(scratch) + std::vector<std::string>{"--out", out};
  const CommandResult done = Lookout(arguments + std::vector<std::string>{"--json"});
  REQUIRE_MESSAGE(done.exit_code == 0, done.errors);
  const nlohmann::json told = nlohmann::json::parse(done.output);
  CHECK(told["command"].get<std::string>().starts_with(
      "lookout experiment overseers --env Safexp-PointGoal1-v0 --rows constrained,limit-0 --seeds "
      "1 --preset fast --steps 2000 "));
  REQUIRE(told["rows"].size() == 2);
  CHECK(told["rows"][1]["agent"] == "limit-0");
  CHECK(told["rows"][1]["training"]["steps"] == 2000);
  CHECK(FileText(out + "/overseers.json") == done.output);
  CHECK(FileText(out + "/overseers.svg").starts_with("<svg"));

  // All of it is there already: the table comes at once.
  const CommandResult again = Lookout(arguments);
  REQUIRE_MESSAGE(again.exit_code == 0, again.errors);
  CHECK(again.output == FileText(out + "/overseers.md"));
}

TEST_CASE("experiment overseers refuses what it cannot do, by its option") {
  const auto refusal = [](const std::string& option, const std::string& value) {
    return Lookout({"experiment", "overseers", "--out", "nowhere", option, value});
  };
  const CommandResult row = refusal("--rows", "constrained,lookback");
  CHECK(row.exit_code == kUsage);
  CHECK(row.errors.find("lookahead") != std::string::npos);
  CHECK(refusal("--steps", "0").exit_code == kUsage);
  CHECK(refusal("--learn-from", "nothing").exit_code == kUsage);
  CHECK(refusal("--overseer", "nobody").exit_code == kUsage);
  CHECK(refusal("--watched-steps", "0").exit_code == kUsage);
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
  const nlohmann::json told = nlohmann::json::parse(done.output);
  CHECK(told["command"].get<std::string>().find(" --student 1 --student-unlabelled 1 ") !=
        std::string::npos);
  CHECK(told["arms"]["plain"]["mean_corruption_error"]["value"] == 1.0);
  CHECK(told["arms"]["student"]["corruption_error"].size() == 13);
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

std::vector<std::string> TinyTransfer() {
  std::vector<std::string> words{"experiment", "transfer"};
  const std::pair<const char*, const char*> options[] = {
      {"--seeds", "1"},
      {"--annotator", "Ann: distance hazard < 0.6"},
      {"--answers", "16"},
      {"--few-answers", "4"},
      {"--batch", "8"},
      {"--pool-episodes", "2"},
      {"--selection-episodes", "1"},
      {"--evaluation-episodes", "1"}};
  for (const auto& [option, value] : options) words.insert(words.end(), {option, value});
  return words;
}

TEST_CASE("experiment transfer leaves tables, a picture, models and what they were made with") {
  const test::ScratchFolder scratch;
  const std::string out = scratch / "out";
  const std::vector<std::string> arguments =
      TinyTransfer() + std::vector<std::string>{"--env", "PointGoal1,CarGoal1", "--out", out};
  const CommandResult done = Lookout(arguments + std::vector<std::string>{"--json"});
  REQUIRE_MESSAGE(done.exit_code == 0, done.errors);
  const nlohmann::json told = nlohmann::json::parse(done.output);
  CHECK(told["command"].get<std::string>().starts_with(
      "lookout experiment transfer --env PointGoal1,CarGoal1 --seeds 1 --annotator "));
  CHECK(told["settings"]["places"][1]["policy"] == "cargoal1-ppo-lagrangian.policy");
  CHECK(told["cells"].size() == 4);
  CHECK(FileText(out + "/transfer.json") == done.output);
  CHECK(FileText(out + "/transfer.csv").starts_with("seed,source,target,inputs,"));
  CHECK(FileText(out + "/transfer.svg").starts_with("<svg"));
  CHECK(std::filesystem::exists(out + "/model-PointGoal1-CarGoal1-world-seed0.costmodel"));

  // All of it is there already: the table comes at once.
  const CommandResult again = Lookout(arguments);
  REQUIRE_MESSAGE(again.exit_code == 0, again.errors);
  CHECK(again.output == FileText(out + "/transfer.md"));
  CHECK(again.output.starts_with("| learned in | applied in | inputs |"));
}

TEST_CASE("experiment transfer refuses what it cannot do, by its option") {
  const auto refusal = [](const std::vector<std::string>& more) {
    return Lookout(std::vector<std::string>{"experiment", "transfer", "--out", "nowhere"} + more);
  };
  const CommandResult alone = refusal({"--env", "PointGoal1"});
  CHECK(alone.exit_code == kUsage);
  CHECK(alone.errors.find("name two or more") != std::string::npos);
  const CommandResult twice = refusal({"--env", "PointGoal1,Safexp-PointGoal1-v0"});
  CHECK(twice.exit_code == kUsage);
  CHECK(twice.errors.find("names PointGoal1 twice") != std::string::npos);
  CHECK(refusal({"--env", "PointGoal1,NoSuchPlace1"}).exit_code == kBadInput);
  CHECK(refusal({"--annotator", "Ann: colour"}).exit_code == kUsage);
  const CommandResult nowhere =
      Lookout(TinyTransfer() + std::vector<std::string>{"--out", "/proc/no-such-folder"});
  CHECK(nowhere.exit_code != 0);
  CHECK(nowhere.errors.find("/proc/no-such-folder") != std::string::npos);
  const CommandResult few = refusal({"--answers", "10", "--few-answers", "20"});
  CHECK(few.exit_code == kUsage);
  CHECK(few.errors.find("--few-answers is 20") != std::string::npos);
}

}  // namespace
}  // namespace lookout::app
