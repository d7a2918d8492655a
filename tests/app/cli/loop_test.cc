// lookout audit and lookout loop, as little of them as tells something.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/app/cli/command_line_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

using nlohmann::json;

TEST_CASE("audit tells what the annotator would charge beside the learned and the true cost") {
  const std::vector<std::string> arguments{
      "audit", ShippedModel(), "--env", "PointGoal1", "--policy",
      "goto",  "--episodes",   "3",     "--clips",    "12"};
  const CommandResult text = Lookout(arguments);
  REQUIRE_MESSAGE(text.exit_code == 0, text.errors);
  for (const char* row : {"audited", "learned", "meant", "true", "12 clips of 3 episodes judged"}) {
    CHECK(text.output.find(row) != std::string::npos);
  }
  const CommandResult result = Lookout(arguments + std::vector<std::string>{"--json"});
  REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
  const json report = json::parse(result.output);
  CHECK(report["answers"] == 12);
  CHECK(report["audited_cost"]["low"] <= report["audited_cost"]["value"]);
  CHECK(report["audited_cost"]["value"] < report["audited_cost"]["high"]);
  CHECK(report["learned_cost"]["value"] > 0.0);
  CHECK(report["true_cost"]["value"] == report["meant_cost"]["value"]);
  CHECK(report["viewing_minutes"] == doctest::Approx(0.2));
}

TEST_CASE("audit refuses what it cannot do") {
  const auto refusal = [](const std::vector<std::string>& more) {
    return Lookout(std::vector<std::string>{"audit", ShippedModel()} + more).exit_code;
  };
  CHECK(refusal({"--annotator", "Ann: colour"}) == kUsage);
  CHECK(refusal({"--slips", "0.6", "0.5"}) == kUsage);
  CHECK(refusal({"--looks", "2"}) == kUsage);
  CHECK(refusal({"--env", "PointButton1"}) == kBadInput);
  CHECK(Lookout({"audit", "nowhere.costmodel"}).exit_code == kBadInput);
}

// So little of everything that a round takes a second.
std::vector<std::string> TinyLoop(const test::ScratchFolder& scratch) {
  const std::string file = scratch / "settings.json";
  std::ofstream(file) << R"({"steps-per-iteration": 600, "environments": 3, "hidden": 8,
                             "minibatch": 20})";
  return {"loop",
          "--env",
          "PointGoal1",
          "--annotator",
          "oracle: distance hazard < 0.6; flip 0.1",
          "--settings",
          file,
          "--steps",
          "1200",
          "--rounds",
          "1",
          "--answers",
          "6",
          "--batch",
          "3",
          "--audit-clips",
          "4",
          "--asked-episodes",
          "2",
          "--audit-episodes",
          "2",
          "--evaluation-episodes",
          "2"};
}

TEST_CASE("loop leaves a table, a picture, what they were made with, and an agent of every round") {
  const test::ScratchFolder scratch;
  const std::string out = scratch / "out";
  const std::vector<std::string> arguments =
      TinyLoop(scratch) + std::vector<std::string>{"--out", out};
  const CommandResult done = Lookout(arguments + std::vector<std::string>{"--json"});
  REQUIRE_MESSAGE(done.exit_code == 0, done.errors);
  const json report = json::parse(done.output);
  CHECK(report["command"].get<std::string>().starts_with("lookout loop --env PointGoal1"));
  REQUIRE(report["rounds"].size() == 2);
  CHECK(report["rounds"][1]["answers"] == 14);
  CHECK(report["rounds"][1]["audited_cost"]["high"] > 0.0);
  CHECK(FileText(out + "/loop.json") == done.output);
  CHECK(report["unconstrained_rounds"].empty());
  CHECK(FileText(out + "/loop.csv").starts_with("round,steps,limit,"));
  CHECK(FileText(out + "/loop.svg").starts_with("<svg"));
  CHECK(std::filesystem::exists(out + "/round-1/policy.lookout"));

  // All of it is there already: the table comes at once.
  const CommandResult again = Lookout(arguments);
  REQUIRE_MESSAGE(again.exit_code == 0, again.errors);
  CHECK(again.output.starts_with("round   steps   limit   return"));
}

TEST_CASE("loop says so where a round has no cost model to be held to") {
  const test::ScratchFolder scratch;
  std::vector<std::string> arguments = TinyLoop(scratch);
  *(std::ranges::find(arguments, "--annotator") + 1) = "oracle: distance hazard < 0.0001";
  arguments = arguments + std::vector<std::string>{"--out", scratch / "out"};
  const CommandResult done = Lookout(arguments);
  REQUIRE_MESSAGE(done.exit_code == 0, done.errors);
  CHECK(done.errors.find("Round 1 is trained without a constraint, too: there is no cost model "
                         "yet") != std::string::npos);
  CHECK(done.errors.find("(0 of the last 6 clips were called unsafe)") != std::string::npos);
  CHECK(done.output.ends_with(
      "Without a constraint all the same, as there was no cost model yet: round 1.\n"));
  CHECK(json::parse(FileText(scratch / "out/loop.json"))["unconstrained_rounds"] ==
        std::vector<int>{1});
}

TEST_CASE("loop refuses what it cannot do, by its option") {
  const test::ScratchFolder scratch;
  const auto refusal = [&](const std::vector<std::string>& more) {
    return Lookout(TinyLoop(scratch) + std::vector<std::string>{"--out", "nowhere"} + more)
        .exit_code;
  };
  CHECK(refusal({"--constrain", "hope"}) == kUsage);
  CHECK(refusal({"--audit-looks", "2"}) == kUsage);
  CHECK(refusal({"--slips", "0.6", "0.5"}) == kUsage);
  CHECK(refusal({"--preset", "slow"}) == kUsage);
  CHECK(Lookout({"loop", "--env", "PointGoal1", "--rounds", "0", "--out", "nowhere"}).exit_code ==
        kUsage);
}

}  // namespace
}  // namespace lookout::app
