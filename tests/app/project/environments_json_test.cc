#include "app/project/environments_json.h"

#include <doctest/doctest.h>

namespace lookout::app {
namespace {

TEST_CASE("own environments are read back as they were") {
  sim::EnvironmentConfig maze;
  maze.id = "maze \xC3\xA4\"\\";
  maze.walls.num = 3;
  maze.walls.locations = {{1.0, 2.0}, {0.1, -0.3}};
  maze.lidar_max_dist = 4.5;
  sim::EnvironmentConfig other = *sim::ConfigForId("Safexp-CarPush2-v0");
  const auto read = DecodeEnvironments(EncodeEnvironments({maze, other}));
  REQUIRE(read.ok());
  REQUIRE(read->size() == 2);
  CHECK((*read)[0].id == maze.id);
  CHECK((*read)[0].walls.locations == maze.walls.locations);
  CHECK((*read)[0].lidar_max_dist == maze.lidar_max_dist);
  CHECK(EncodeEnvironments(*read) == EncodeEnvironments({maze, other}));
  CHECK(DecodeEnvironments("[]")->empty());
}

TEST_CASE("what is no list of environments is refused, with the name and the option") {
  for (const char* text : {"", "{", "{}", "[1]", "[{}]", R"([{"name": 3, "config": {}}])",
                           R"([{"config": {}}])", R"([{"name": "a"}])"}) {
    CAPTURE(text);
    const auto read = DecodeEnvironments(text);
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().code == ErrorCode::kBadInput);
  }
  const auto read = DecodeEnvironments(R"([{"name": "maze", "config": {"walls_num": "x"}}])");
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().message.find("maze") != std::string::npos);
  CHECK(read.error().message.find("walls_num") != std::string::npos);
}

}  // namespace
}  // namespace lookout::app
