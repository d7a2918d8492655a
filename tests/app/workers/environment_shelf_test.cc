#include "app/workers/environment_shelf.h"

#include <doctest/doctest.h>

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
  EnvironmentShelf shelf;
  CHECK(*shelf.Put(Maze(3)) == "maze");
  CHECK(shelf.Find("maze")->walls.num == 3);
  CHECK(shelf.Find("Safexp-PointGoal1-v0")->hazards.num == 8);
  CHECK_FALSE(shelf.Find("labyrinth").ok());
}

TEST_CASE("the same file again is the same environment; a changed one gets a number") {
  EnvironmentShelf shelf;
  CHECK(*shelf.Put(Maze(3)) == "maze");
  CHECK(*shelf.Put(Maze(3)) == "maze");
  CHECK(shelf.version() == 1);
  CHECK(*shelf.Put(Maze(4)) == "maze (2)");
  CHECK(*shelf.Put(Maze(4)) == "maze (2)");
  CHECK(shelf.Find("maze")->walls.num == 3);
  CHECK(shelf.Find("maze (2)")->walls.num == 4);
  CHECK(shelf.Find("maze (2)")->id == "maze (2)");
}

TEST_CASE("nobody takes a registered name or none") {
  EnvironmentShelf shelf;
  CHECK(*shelf.Put(Maze(1, "Safexp-PointGoal1-v0")) == "Safexp-PointGoal1-v0 (2)");
  CHECK(shelf.Find("Safexp-PointGoal1-v0")->walls.num == 0);
  CHECK(*shelf.Put(Maze(1, "")) == "custom");
}

TEST_CASE("the shelf has an end") {
  EnvironmentShelf shelf;
  for (std::size_t i = 0; i < EnvironmentShelf::kMost; ++i) {
    REQUIRE(shelf.Put(Maze(0, "maze" + std::to_string(i))).ok());
  }
  const auto refused = shelf.Put(Maze(0, "one more"));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::kBadInput);
  CHECK(shelf.Put(Maze(0, "maze7")).ok());
}

}  // namespace
}  // namespace lookout::app
