#include "app/workers/runtime/environment_registry.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

namespace lookout::app {
namespace {

sim::EnvironmentConfig Maze(int walls, const std::string& name = "maze") {
  sim::EnvironmentConfig config;
  config.id = name;
  config.walls.num = walls;
  return config;
}

TEST_CASE("an own environment is found by its name, beside the registered ones") {
  EnvironmentRegistry registry;
  CHECK(*registry.Put(Maze(3)) == "maze");
  CHECK(registry.Find("maze")->walls.num == 3);
  CHECK(registry.Find("Safexp-PointGoal1-v0")->hazards.num == 8);
  CHECK_FALSE(registry.Find("labyrinth").ok());
}

TEST_CASE("the same file again is the same environment, a changed one gets a number") {
  EnvironmentRegistry registry;
  CHECK(*registry.Put(Maze(3)) == "maze");
  CHECK(*registry.Put(Maze(3)) == "maze");
  CHECK(registry.version() == 1);
  CHECK(*registry.Put(Maze(4)) == "maze (2)");
  CHECK(*registry.Put(Maze(4)) == "maze (2)");
  CHECK(registry.Find("maze")->walls.num == 3);
  CHECK(registry.Find("maze (2)")->walls.num == 4);
  CHECK(registry.Find("maze (2)")->id == "maze (2)");
}

TEST_CASE("nobody takes a registered name or none") {
  EnvironmentRegistry registry;
  CHECK(*registry.Put(Maze(1, "Safexp-PointGoal1-v0")) == "Safexp-PointGoal1-v0 (2)");
  CHECK(registry.Find("Safexp-PointGoal1-v0")->walls.num == 0);
  CHECK(*registry.Put(Maze(1, "")) == "custom");
}

TEST_CASE("the shelf has an end") {
  EnvironmentRegistry registry;
  for (std::size_t i = 0; i < EnvironmentRegistry::kMost; ++i) {
    REQUIRE(registry.Put(Maze(0, fmt::format("maze{}", i))).ok());
  }
  const auto refused = registry.Put(Maze(0, "one more"));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::kBadInput);
  CHECK(registry.Put(Maze(0, "maze7")).ok());
}

}  // namespace
}  // namespace lookout::app
