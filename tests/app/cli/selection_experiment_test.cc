// lookout experiment selection, as little of it as tells something.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/app/cli/command_line_support.h"
#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

TEST_CASE("experiment selection leaves a table, a picture and JSON, and goes by its options") {
  const test::ScratchFolder scratch;
  const std::string out = scratch / "out";
  const CommandResult done = Lookout({"experiment",
                                      "selection",
                                      "--env",
                                      "PointGoal1",
                                      "--seeds",
                                      "1",
                                      "--answers",
                                      "20",
                                      "--pool-episodes",
                                      "3",
                                      "--generations",
                                      "1",
                                      "--population",
                                      "2",
                                      "--parents",
                                      "1",
                                      "--episodes",
                                      "1",
                                      "--evaluation-episodes",
                                      "1",
                                      "--explain-every",
                                      "50",
                                      "--json",
                                      "--out",
                                      out});
  REQUIRE_MESSAGE(done.exit_code == 0, done.errors);
  const nlohmann::json told = nlohmann::json::parse(done.output);
  CHECK(Contains(told["command"].get<std::string>(), " --parents 1 "));
  CHECK(Contains(told["settings"]["policy"].get<std::string>(), "pointgoal1-ppo.policy"));
  CHECK(told["rows"].size() == 12);
  CHECK(told["record"].size() == 12);
  CHECK(FileText(out + "/selection.json") == done.output);
  CHECK(FileText(out + "/selection.csv").starts_with("seed,row,generation,"));
  CHECK(FileText(out + "/selection.txt").starts_with("selected by "));
  CHECK(FileText(out + "/selection.svg").starts_with("<svg"));
}

TEST_CASE("experiment selection refuses what it cannot do, by its option") {
  const auto refusal = [](const std::vector<std::string>& more) {
    return Lookout(std::vector<std::string>{"experiment", "selection", "--env", "PointGoal1",
                                            "--out", "nowhere"} +
                   more);
  };
  const CommandResult many = refusal({"--parents", "17"});
  CHECK(many.exit_code == kUsage);
  CHECK(Contains(many.errors, "--parents is 17, more than the 12 candidates"));
  CHECK(refusal({"--audit-looks", "4"}).exit_code == kUsage);
  CHECK(refusal({"--price", "-1"}).exit_code == kUsage);
}

}  // namespace
}  // namespace lookout::app
