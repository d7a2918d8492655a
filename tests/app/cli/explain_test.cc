// lookout explain as a user calls it.
#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/app/cli/command_line_support.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

using nlohmann::json;

std::vector<std::string> ExplainWith(const std::vector<std::string>& more) {
  return std::vector<std::string>{"explain", ShippedModel().string()} + more;
}

json ExplanationOf(const std::vector<std::string>& arguments) {
  const CommandResult result = Lookout(arguments + std::vector<std::string>{"--json"});
  REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
  return json::parse(result.output);
}

TEST_CASE("a moment is explained with figures that agree with each other") {
  const auto arguments = ExplainWith({"--env", "PointGoal1", "--seed", "3", "--step", "60"});
  json answer = ExplanationOf(arguments);
  CHECK(answer["environment"] == "Safexp-PointGoal1-v0");
  CHECK(answer["step"] == 60);
  const json& found = answer["contributions"];
  double shares = 0.0;
  for (const json& object : found["objects"]) shares += object["shapley_log_odds"].get<double>();
  const double beyond = answer["log_odds"].get<double>() - found["without_log_odds"].get<double>();
  CHECK(shares == doctest::Approx(beyond).epsilon(1e-4));
  const json& gradients = answer["integrated_gradients"];
  CHECK(gradients["gradients"] == "backward");
  CHECK(gradients["difference"].get<double>() == doctest::Approx(beyond).epsilon(1e-4));
  CHECK(answer["motion"]["probability"].size() == answer["motion"]["speeds_m_s"].size());
  CHECK(answer["nearest_labels"].empty());
  CHECK_FALSE(answer.contains("sanity"));
  // The same again, but for the time that it took.
  json again = ExplanationOf(arguments);
  again.erase("milliseconds");
  answer.erase("milliseconds");
  CHECK(again == answer);
}

TEST_CASE("a person reads tables") {
  const CommandResult result = Lookout(ExplainWith({"--seed", "3", "--step", "60"}));
  REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
  for (const char* const part :
       {"seed 3, step 60 of Go to goal", "What the objects contribute", "hazard",
        "Integrated gradients", "The smallest move found", "At other speeds"}) {
    CAPTURE(part);
    CHECK(result.output.find(part) != std::string::npos);
  }
  CHECK(result.output.find("of what was labelled") == std::string::npos);
}

TEST_CASE("a step beyond the end is refused with where that is") {
  const test::TestFolder folder;
  const std::string world = folder / "world.json";
  test::WriteFile(world, R"({"extends": "Safexp-PointGoal1-v0", "num_steps": 20})");
  const CommandResult last = Lookout(ExplainWith({"--env", world, "--step", "20"}));
  CHECK_MESSAGE(last.exit_code == 0, last.errors);
  const CommandResult beyond = Lookout(ExplainWith({"--env", world, "--step", "21"}));
  CHECK(beyond.exit_code == kBadInput);
  CHECK(beyond.errors.find("ends after 20 steps (timed out)") != std::string::npos);
}

TEST_CASE("what cannot be explained is refused with the reason") {
  const CommandResult misfit = Lookout(ExplainWith({"--env", "PointButton1", "--step", "1"}));
  CHECK(misfit.exit_code == kBadInput);
  CHECK(misfit.errors.find("buttons_lidar (16)") != std::string::npos);
  CHECK(Lookout(ExplainWith({})).exit_code == kUsage);
  CHECK(Lookout(ExplainWith({"--step", "1", "--episode", "2"})).exit_code == kUsage);
  CHECK(Lookout(ExplainWith({"--step", "-1"})).exit_code == kUsage);
  const CommandResult both = Lookout(
      ExplainWith({"--step", "1", "--project", "study.lookout", "--episode", "2", "--seed", "1"}));
  CHECK(both.exit_code == kUsage);
  const test::TestFolder folder;
  const std::string damaged = folder / "damaged.policy";
  std::ofstream(damaged) << "LOOKOU";
  const CommandResult neither = Lookout({"explain", damaged, "--step", "1"});
  CHECK(neither.exit_code == kBadInput);
  CHECK(neither.errors.find("neither a cost model nor an agent") != std::string::npos);
}

TEST_CASE("a recorded moment is explained, also by the labels that are most like it") {
  const test::TestFolder folder;
  const std::string file = folder / "study.lookout";
  const CommandResult recorded =
      Lookout({"oversee", "--policy", "goto", "--episodes", "2", "--seed", "3", "--workers", "1",
               "--no-settling", "--record", file});
  REQUIRE_MESSAGE(recorded.exit_code == 0, recorded.errors);
  const auto arguments = ExplainWith({"--project", file, "--episode", "1", "--step", "60"});
  json unlabelled = ExplanationOf(arguments);
  CHECK(unlabelled["nearest_labels"].empty());
  const CommandResult annotated =
      Lookout({"annotate", file, "--annotator", "Ann: cost", "--out", folder / "marked.lookout"});
  REQUIRE_MESSAGE(annotated.exit_code == 0, annotated.errors);
  const json labelled = ExplanationOf(
      ExplainWith({"--project", folder / "marked.lookout", "--episode", "1", "--step", "60"}));
  CHECK(labelled["episode"] == 1);
  REQUIRE(labelled["nearest_labels"].size() > 0);
  CHECK(labelled["nearest_labels"][0]["annotator"] == "Ann");
  CHECK(labelled["nearest_labels"][0]["mark"] > 0);
  // The recording is the episode that is played for it.
  const json played = ExplanationOf(ExplainWith({"--seed", "3", "--step", "60"}));
  CHECK(played["log_odds"].get<double>() ==
        doctest::Approx(labelled["log_odds"].get<double>()).epsilon(1e-6));
  CHECK(played["pose"] == labelled["pose"]);
  const CommandResult beyond =
      Lookout(ExplainWith({"--project", file, "--episode", "1", "--step", "100000"}));
  CHECK(beyond.exit_code == kBadInput);
  CHECK(beyond.errors.find("name a --step from 0 to") != std::string::npos);
  const CommandResult unmarked = Lookout(ExplainWith({"--project", file, "--step", "1"}));
  CHECK(unmarked.exit_code == kBadInput);
  CHECK(unmarked.errors.find("labelled") != std::string::npos);
}

TEST_CASE("an agent's action is explained, and of a run what its critics expect") {
  const test::TestFolder folder;
  const std::string run = folder / "run";
  const CommandResult trained =
      Lookout({"train", "--env", "PointGoal1", "--algo", "ppo-lag", "--steps", "2000",
               "--steps-per-iteration", "2000", "--environments", "2", "--out", run});
  REQUIRE_MESSAGE(trained.exit_code == 0, trained.errors);
  const json of_run = ExplanationOf({"explain", run, "--seed", "3", "--step", "20"});
  REQUIRE(of_run["numbers"].size() == 4);
  CHECK(of_run["agent"] != "Go to goal");  // its own episode
  CHECK(of_run["numbers"][2]["name"] == "expected reward");
  CHECK(of_run["numbers"][3]["name"] == "expected cost");
  for (const json& number : of_run["numbers"]) {
    double shares = 0.0;
    for (const json& object : number["contributions"]["objects"]) {
      shares += object["shapley_value"].get<double>();
    }
    const double beyond =
        number["value"].get<double>() - number["contributions"]["without_value"].get<double>();
    CHECK(shares == doctest::Approx(beyond).epsilon(1e-3));
    CHECK(number["integrated_gradients"]["gradients"] == "backward");
  }
  // A policy's file has no critics, and says so to a person; another agent may have acted.
  const CommandResult policy = Lookout(
      {"explain", run + "/policy.lookout", "--policy", "goto", "--seed", "3", "--step", "20"});
  REQUIRE_MESSAGE(policy.exit_code == 0, policy.errors);
  CHECK(policy.output.find("step 20 of Go to goal") != std::string::npos);
  CHECK(policy.output.find("action 1") != std::string::npos);
  CHECK(policy.output.find("no critics") != std::string::npos);
  const CommandResult asked = Lookout({"explain", run, "--step", "1", "--sanity"});
  CHECK(asked.exit_code == kBadInput);
  CHECK(asked.errors.find("--sanity asks about a cost model") != std::string::npos);
  CHECK(Lookout({"explain", run, "--env", "PointButton1", "--step", "1"}).exit_code == kBadInput);
  // Nor are agents of two environments compared.
  const CommandResult other =
      Lookout({"unblocked", run, LOOKOUT_SOURCE_DIR "/assets/policies/cargoal1-ppo.policy",
               "--episodes", "4"});
  CHECK(other.exit_code == kBadInput);
}

TEST_CASE("a folder that is none of a run is called that") {
  const test::TestFolder folder;
  const CommandResult no_run = Lookout({"explain", folder / "", "--step", "1"});
  CHECK(no_run.exit_code == kBadInput);
  CHECK(no_run.errors.find("is not the folder of a run") != std::string::npos);
}

TEST_CASE("the answers themselves are checked when asked for") {
  const json answer = ExplanationOf(ExplainWith({"--seed", "3", "--step", "60", "--sanity"}));
  CHECK(answer["sanity"]["passed"] == true);
  CHECK(answer["sanity"]["randomised"].size() == 3);
  CHECK(answer["sanity"]["shuffled_labels"].is_null());
  for (const json& check : answer["sanity"]["planted"]) {
    CHECK(check["passed"] == true);
    CHECK(check["objects_elsewhere"] == 0.0);
  }
}

}  // namespace
}  // namespace lookout::app
