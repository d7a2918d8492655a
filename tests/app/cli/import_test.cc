// lookout import: from a file of another program to episodes of a project.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/app/cli/command_line_support.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

TEST_CASE("a file of two episodes is imported, and told in JSON") {
  const test::TestFolder folder;
  test::WriteFile(folder / "run.csv",
                  "episode,observation.speed,action.0,reward,cost\n"
                  "1,0,,,\n1,1,0.5,2,1\n1,1,0.5,2,0\n2,0,,,\n2,1,0.5,1,0\n");
  const CommandResult done = Lookout({"import", folder / "run.csv", "--project",
                                      folder / "study.lookout", "--env", "Hopper", "--json"});
  REQUIRE_MESSAGE(done.exit_code == 0, done.errors);
  const auto report = nlohmann::json::parse(done.output);
  CHECK(report.at("environment") == "Hopper");
  CHECK(report.at("observation")[0].at("name") == "speed");
  CHECK(done.errors.find("Made the project") != std::string::npos);
  REQUIRE(report.at("episodes").size() == 2);
  CHECK(report.at("episodes")[0].at("steps") == 2);
  CHECK(report.at("episodes")[0].at("return") == 4.0);
  CHECK(report.at("episodes")[0].at("cost") == 1.0);
  const auto project = test::OpenProject(folder / "study.lookout");
  CHECK(project->Episodes().value().size() == 2);
}

TEST_CASE("a file is imported once, unless it is asked for again") {
  const test::TestFolder folder;
  test::WriteFile(folder / "run.csv", "episode,observation.speed\n1,0\n2,0\n");
  const std::vector<std::string> import{
      "import", folder / "run.csv", "--project", folder / "study.lookout", "--env", "Hopper"};
  REQUIRE(Lookout(import).exit_code == 0);
  const CommandResult refused = Lookout(import);
  CHECK(refused.exit_code == kBadInput);
  CHECK(
      refused.errors.find("became 2 episodes, the first of them 1. Add it once more by --again") !=
      std::string::npos);
  CHECK(test::OpenProject(folder / "study.lookout")->Episodes().value().size() == 2);
  CHECK(Lookout(import + std::vector<std::string>{"--again"}).exit_code == 0);
  CHECK(test::OpenProject(folder / "study.lookout")->Episodes().value().size() == 4);
}

TEST_CASE("episodes said to be of an environment that they do not fit are refused") {
  const test::TestFolder folder;
  test::WriteFile(folder / "run.csv", "episode,observation.speed\n1,0\n");
  const CommandResult refused = Lookout(
      {"import", folder / "run.csv", "--project", folder / "study.lookout", "--env", "PointGoal1"});
  CHECK(refused.exit_code == kBadInput);
  CHECK(refused.errors.find("their observation has 1 values, there it has 60") !=
        std::string::npos);
  CHECK(folder.Names() == std::vector<std::string>{"run.csv"});
}

TEST_CASE("a file that cannot be imported is refused by its line, and no project is made") {
  const test::TestFolder folder;
  test::WriteFile(folder / "run.csv", "episode,observation.speed\n1,fast\n");
  const CommandResult done = Lookout(
      {"import", folder / "run.csv", "--project", folder / "study.lookout", "--env", "Hopper"});
  CHECK(done.exit_code == kBadInput);
  CHECK(done.errors.find("run.csv, line 2 has something else than a finite number") !=
        std::string::npos);
  CHECK(folder.Names() == std::vector<std::string>{"run.csv"});
}

}  // namespace
}  // namespace lookout::app
