// lookout adapt as a user calls it.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/app/cli/command_line_support.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

const std::string kShipped =
    std::string(LOOKOUT_SOURCE_DIR) + "/assets/cost_models/pointgoal1.costmodel";

TEST_CASE("the Point's cost model finds the Car's hazards") {
  const test::TestFolder folder;
  const std::string out = folder / "car.costmodel";
  const CommandResult adapted = Lookout({"adapt", kShipped, "--env", "CarGoal1", "--out", out});
  REQUIRE_MESSAGE(adapted.exit_code == 0, adapted.errors);
  const CommandResult cost =
      Lookout({"cost", out, "--env", "CarGoal1", "--policy", "goto", "--episodes", "3", "--json"});
  REQUIRE_MESSAGE(cost.exit_code == 0, cost.errors);
  CHECK(nlohmann::json::parse(cost.output)["models"][0]["auc"] > 0.9);
}

TEST_CASE("what a model never learned about and what is not there are said") {
  const test::TestFolder folder;
  const std::string out = folder / "button.costmodel";
  const CommandResult adapted =
      Lookout({"adapt", kShipped, "--env", "PointButton1", "--out", out, "--json"});
  REQUIRE_MESSAGE(adapted.exit_code == 0, adapted.errors);
  const auto said = nlohmann::json::parse(adapted.output);
  CHECK(said["environment"] == "Safexp-PointButton1-v0");
  CHECK(said["absent"] == std::vector<std::string>{"vases_lidar"});
  CHECK(said["unknown"] == std::vector<std::string>{"buttons_lidar", "gremlins_lidar"});
}

TEST_CASE("parts that are otherwise in the other environment are named, and nothing is written") {
  const test::TestFolder folder;
  const std::string world = folder / "world.json";
  test::WriteFile(world, R"({"extends": "Safexp-PointGoal1-v0", "lidar_num_bins": 8})");
  const std::string out = folder / "world.costmodel";
  const CommandResult refused = Lookout({"adapt", kShipped, "--env", world, "--out", out});
  CHECK(refused.exit_code == kBadInput);
  CHECK(refused.errors.find("hazards_lidar (16)") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(out));
}

}  // namespace
}  // namespace lookout::app
