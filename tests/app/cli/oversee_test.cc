// lookout oversee, and --overseer where other subcommands take it.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/runs/run_folder.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

using nlohmann::json;

json Oversee(const std::vector<std::string>& arguments) {
  const auto result =
      Lookout(std::vector<std::string>{"oversee", "--json", "--episodes", "2"} + arguments);
  REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
  return json::parse(result.output);
}

TEST_CASE("oversee gives the same account with any number of workers") {
  const std::vector<std::string> how = {"--policy", "goto", "--overseer", "person:misses=0.2"};
  const json one = Oversee(how + std::vector<std::string>{"--workers", "1"});
  CHECK(one == Oversee(how + std::vector<std::string>{"--workers", "2"}));
  CHECK(one["episodes"] == 2);
  CHECK(one["steps"] == 2000);
  CHECK(one["blocks"] > 0);
  CHECK(one["person_seconds"] == doctest::Approx(40.0));
  const json alone = Oversee({"--policy", "goto"});
  CHECK(alone["blocks"] == 0);
  CHECK(alone["person_seconds"] == 0.0);
}

TEST_CASE("oversee records its episodes into a project, which others can read") {
  const test::ScratchFolder scratch;
  const std::string project = scratch / "study.lookout";
  Oversee({"--policy", "goto", "--overseer", "person", "--record", project});
  Oversee({"--policy", "careful", "--record", project});
  const auto listed =
      Lookout({"export", "trajectories", "--project", project, "--out", scratch / "trajectories"});
  CHECK(listed.exit_code != 1);
  CHECK(Lookout({"oversee", "--record", scratch / "no/where.lookout"}).exit_code == kBadInput);
}

TEST_CASE("sim and eval play under an overseer, and say so") {
  const auto played = Lookout(
      {"sim", "--policy", "goto", "--episodes", "1", "--json", "--overseer", "person:misses=0"});
  REQUIRE_MESSAGE(played.exit_code == 0, played.errors);
  CHECK(json::parse(played.output)["oversight"]["blocks"] > 0);
  const test::ScratchFolder scratch;
  REQUIRE(Lookout(TinyTraining(scratch / "run", 1)).exit_code == 0);
  const auto judged = Lookout(
      {"eval", scratch / "run", "--episodes", "1", "--json", "--overseer", "person:misses=0"});
  REQUIRE_MESSAGE(judged.exit_code == 0, judged.errors);
  CHECK(json::parse(judged.output)["policies"][0].contains("blocked_steps"));
}

TEST_CASE("a run is trained under an overseer and gone on with under the same one") {
  const test::ScratchFolder scratch;
  const auto trained =
      Lookout(TinyTraining(scratch / "run", 1) +
              std::vector<std::string>{"--overseer", "person:lag=0", "--learn-from", "both",
                                       "--block-penalty", "0.1"});
  REQUIRE_MESSAGE(trained.exit_code == 0, trained.errors);
  const auto run = LoadRunFolder(scratch / "run");
  REQUIRE(run.ok());
  CHECK(run->config.settings.overseer == "person:lag=0");
  CHECK(run->config.settings.learn_from == agents::LearnFrom::kBoth);
  CHECK(run->config.settings.block_penalty == 0.1);
  CHECK(run->progress["BlockedShare"].size() == 1);
  CHECK(run->progress["ViolationSteps"].size() == 1);
  const auto resumed = Lookout({"train", "--resume", scratch / "run", "--steps", "1200"});
  REQUIRE_MESSAGE(resumed.exit_code == 0, resumed.errors);
  CHECK(LoadRunFolder(scratch / "run")->config.settings.overseer == "person:lag=0");
}

TEST_CASE("options of overseers that mean nothing are refused") {
  const test::ScratchFolder scratch;
  const auto train = [&](const std::vector<std::string>& more) {
    return Lookout(TinyTraining(scratch / "run", 1) + more);
  };
  CHECK(train({"--learn-from", "both"}).exit_code == kUsage);
  CHECK(train({"--block-penalty", "1"}).exit_code == kUsage);
  CHECK(train({"--overseer", "person", "--learn-from", "executed", "--block-penalty", "1"})
            .exit_code == kUsage);
  const auto unknown = train({"--overseer", "guard"});
  CHECK(unknown.exit_code == kBadInput);
  CHECK(unknown.errors.find("there is no overseer 'guard'") != std::string::npos);
}

}  // namespace
}  // namespace lookout::app
