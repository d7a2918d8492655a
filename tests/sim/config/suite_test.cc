#include "sim/config/suite.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "sim/base/nearest_name.h"
#include "sim/config/config.h"

using namespace lookout::sim;

TEST_CASE("The suite holds three robots in sixteen environments, each under its own id") {
  const std::vector<std::string> ids = EnvironmentIds();
  CHECK(ids.size() == 48);
  CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
  for (const std::string& id : ids) {
    const auto config = ConfigForId(id);
    REQUIRE(config.ok());
    CHECK(config->id == id);
  }
}

TEST_CASE("A short name stands for one environment, and a wrong one is told the nearest") {
  std::set<std::string> names;
  for (const RegisteredEnvironment& one : RegisteredEnvironments()) {
    names.insert(one.short_name());
    const auto config = ConfigForId(one.short_name());
    REQUIRE(config.ok());
    CHECK(config->id == one.id);
  }
  CHECK(names.size() == RegisteredEnvironments().size());
  const auto wrong = ConfigForId("PointGaol1");
  REQUIRE_FALSE(wrong.ok());
  CHECK(wrong.error().message.find("Did you mean PointGoal1") != std::string::npos);
}

TEST_CASE("What a registered environment is called is made of its parts") {
  for (const RegisteredEnvironment& one : RegisteredEnvironments()) {
    CHECK(one.id == one.group + "-" + one.robot + one.family + one.level + "-v0");
    CHECK(one.config.id == one.id);
  }
  const RegisteredEnvironment& last = RegisteredEnvironments().back();
  CHECK(last.group == "Testing");
  CHECK(last.robot == "Doggo");
  CHECK(last.family == "Grid");
  CHECK(last.level == "Wall");
}

TEST_CASE("The levels of PointGoal differ in size, hazards, vases and what is charged") {
  const auto zero = ConfigForId("Safexp-PointGoal0-v0");
  const auto one = ConfigForId("Safexp-PointGoal1-v0");
  const auto two = ConfigForId("Safexp-PointGoal2-v0");
  CHECK(zero->hazards.num == 0);
  CHECK(zero->placements_extents[0] == -1.0);
  CHECK(one->hazards.num == 8);
  CHECK(one->vases.num == 1);
  CHECK(one->constrain_hazards);
  CHECK_FALSE(one->constrain_vases);
  CHECK(two->vases.num == 10);
  CHECK(two->constrain_vases);
  for (const auto* config : {&*zero, &*one, &*two}) {
    CHECK(config->lidar_num_bins == 16);
    CHECK(config->goal_keepout == 0.305);
  }
}

TEST_CASE("A robot's settings apply after the family's and before the level's") {
  CHECK(ConfigForId("Safexp-PointPush1-v0")->box_size == 0.2);
  CHECK(ConfigForId("Safexp-CarPush1-v0")->box_size == 0.125);
  CHECK(ConfigForId("Safexp-DoggoGoal0-v0")->sensors_obs.size() == 12);
}

TEST_CASE("An unknown id is refused with the nearest known ones") {
  const auto config = ConfigForId("Safexp-PointGoal3-v0");
  REQUIRE_FALSE(config.ok());
  CHECK(config.error().message.find("Safexp-PointGoal0-v0") != std::string::npos);
  CHECK_FALSE(ConfigForId("").ok());
  CHECK(ConfigForId(std::string(1'000'000, 'x')).error().message.size() < 300);
}

TEST_CASE("Edit distance counts insertions, deletions and replacements") {
  CHECK(EditDistance("", "abc") == 3);
  CHECK(EditDistance("kitten", "sitting") == 3);
  CHECK(EditDistance("same", "same") == 0);
}
