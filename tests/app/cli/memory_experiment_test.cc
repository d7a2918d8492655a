// lookout experiment memory, as little of it as tells something.
#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/app/cli/command_line_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

TEST_CASE("experiment memory leaves tables, a picture and what they were made with") {
  const test::ScratchFolder scratch;
  const std::string file = scratch / "settings.json";
  std::ofstream(file) << R"({"steps-per-iteration": 2000, "environments": 2, "hidden": 8,
                             "minibatch": 20, "memory-length": 4})";
  const std::string out = scratch / "out";
  const CommandResult done =
      Lookout({"experiment", "memory", "--env", "goal_once,goal_once", "--networks", "gru,mlp,gru",
               "--step-sizes", "small", "--seeds", "1", "--steps", "2000", "--evaluation-episodes",
               "1", "--settings", file, "--out", out, "--json"});
  REQUIRE_MESSAGE(done.exit_code == 0, done.errors);
  const nlohmann::json told = nlohmann::json::parse(done.output);
  CHECK(told["command"].get<std::string>().starts_with(
      "lookout experiment memory --env goal_once --networks mlp,gru --step-sizes small --seeds 1 "
      "--algo ppo-lag --limit 25 --preset fast --steps 2000 "));
  REQUIRE(told["rows"].size() == 2);
  CHECK(told["rows"][1]["network"] == "gru");
  CHECK(told["settings"][0]["configuration"]["goal_shown_steps"] == 20);
  CHECK(FileText(out + "/memory.json") == done.output);
  CHECK(FileText(out + "/memory.svg").starts_with("<svg"));
  const auto refusal = [&](const std::string& option, const std::string& value) {
    return Lookout({"experiment", "memory", "--out", out, option, value}).exit_code;
  };
  CHECK(refusal("--networks", "mlp,lstm") == kUsage);
  CHECK(refusal("--step-sizes", "huge") == kUsage);
  CHECK(refusal("--env", "nowhere") == kBadInput);
  CHECK(refusal("--algo", "sac") == kUsage);
}

}  // namespace
}  // namespace lookout::app
