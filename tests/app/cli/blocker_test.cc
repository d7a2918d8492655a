// lookout blocker as a user calls it.
#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "app/overseers/learned_kinds.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/support/contains.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

// Short episodes of PointGoal1, so that a test takes seconds.
std::string ShortWorld(const test::TestFolder& folder) {
  const std::string world = folder / "world.json";
  test::WriteFile(world, R"({"extends": "Safexp-PointGoal1-v0", "num_steps": 150})");
  return world;
}

std::vector<std::string> FitArguments(const std::string& world, const std::string& out) {
  return {"blocker",         "fit",     "--env", world,   "--policy", "goto",  "--teacher",
          "person:misses=0", "--steps", "4500",  "--out", out,        "--json"};
}

TEST_CASE("a blocker is fitted to a simulated person, and measured on new episodes") {
  const test::TestFolder folder;
  const std::string world = ShortWorld(folder);
  const std::string out = folder / "person.blocker";
  const CommandResult fitted =
      Lookout(FitArguments(world, out) + std::vector<std::string>{"--hirl"});
  REQUIRE_MESSAGE(fitted.exit_code == 0, fitted.errors);
  const auto said = nlohmann::json::parse(fitted.output);
  CHECK(said["auc"] > 0.8);
  CHECK(said["rule"] == "lowest");
  CHECK(said["uncertain_steps"] > 0);  // within the lag
  CHECK(said["rules"].size() == 2);
  CHECK(said["threshold_runs"] >= said["threshold_episodes"]);
  REQUIRE(LoadBlockerFile(out).ok());

  const CommandResult report =
      Lookout({"blocker", "report", out, "--env", world, "--policy", "goto", "--teacher",
               "person:misses=0", "--steps", "1500", "--in-charge", "blocker", "--json"});
  REQUIRE_MESSAGE(report.exit_code == 0, report.errors);
  const auto measured = nlohmann::json::parse(report.output);
  CHECK(measured["in_charge"] == "blocker");
  CHECK(measured["steps"] >= 1500);
  CHECK(measured["in_force"]["rows"] > 1000);
  CHECK(measured["in_force"]["episodes"] == 10);
  CHECK(measured["in_force"].contains("missed_start_share"));
}

TEST_CASE("the same seed gives the same blocker for any number of workers") {
  const test::TestFolder folder;
  const std::string world = ShortWorld(folder);
  const auto fit = [&](const std::string& name, const std::string& workers) {
    const std::string out = folder / name;
    const CommandResult fitted = Lookout(FitArguments(world, out) +
                                         std::vector<std::string>{"--hirl", "--workers", workers});
    REQUIRE_MESSAGE(fitted.exit_code == 0, fitted.errors);
    return FileText(out);
  };
  CHECK(fit("one", "1") == fit("three", "3"));
}

TEST_CASE("an alpha that takes more blocks than there are is refused, and nothing is written") {
  const test::TestFolder folder;
  const std::string out = folder / "person.blocker";
  const CommandResult refused = Lookout(FitArguments(ShortWorld(folder), out) +
                                        std::vector<std::string>{"--alpha", "0.0001"});
  CHECK(refused.exit_code == kBadInput);
  CHECK(Contains(refused.errors, "takes 9999 episodes"));
  CHECK_FALSE(std::filesystem::exists(out));
}

TEST_CASE("a file that is no blocker, and a teacher that is nobody, are refused") {
  const test::TestFolder folder;
  const CommandResult foreign = Lookout({"blocker", "report", ShippedModel().string()});
  CHECK(foreign.exit_code == kBadInput);
  CHECK(Contains(foreign.errors, "blocker"));
  const CommandResult nobody = Lookout({"blocker", "fit", "--teacher", "nobody", "--out", "x"});
  CHECK(nobody.exit_code == kBadInput);
  CHECK(Contains(nobody.errors, "there is no overseer 'nobody'"));
}

TEST_CASE("a project without blocks is refused with what to do") {
  const test::TestFolder folder;
  const std::string project = folder / "empty.lookout";
  test::OpenProject(project);
  const CommandResult refused =
      Lookout({"blocker", "fit", "--project", project, "--out", folder / "x.blocker"});
  CHECK(refused.exit_code == kBadInput);
  CHECK(Contains(refused.errors, "stepped in"));
}

}  // namespace
}  // namespace lookout::app
