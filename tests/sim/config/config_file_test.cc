#include "sim/config/config_file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

using namespace lookout::sim;
using lookout::Contains;
using lookout::Result;

namespace {

namespace fs = std::filesystem;

using lookout::test::ScratchFolder;

EnvironmentConfig Parsed(const std::string& text) {
  const Result<EnvironmentConfig> config = ParseConfigText(text, "test");
  REQUIRE_MESSAGE(config.ok(), (config.ok() ? "" : config.error().message));
  return *config;
}

std::string Refusal(const Result<EnvironmentConfig>& config) {
  REQUIRE_FALSE(config.ok());
  CHECK(config.error().code == lookout::ErrorCode::kBadInput);
  CHECK(config.error().message.size() < 1000);
  return config.error().message;
}

std::string Refusal(const std::string& text) { return Refusal(ParseConfigText(text, "test")); }

}  // namespace

TEST_CASE("A configuration file starts from Engine's defaults and is called as its file") {
  const ScratchFolder folder;
  const auto config = LoadConfigFile(folder.Write("maze.json", R"({"hazards_num": 3})"));
  REQUIRE(config.ok());
  CHECK(config->id == "maze");
  CHECK(config->hazards.num == 3);
  CHECK(config->lidar_num_bins == 10);
}

TEST_CASE("A configuration that extends a registered one changes only what it says") {
  const EnvironmentConfig config =
      Parsed(R"({"extends": "Safexp-DoggoGoal1-v0", "hazards_num": 3, "hazards_size": 0.4})");
  EnvironmentConfig expected = *ConfigForId("Safexp-DoggoGoal1-v0");
  expected.hazards.num = 3;
  expected.hazards.size_m = 0.4;
  CHECK(config.id == "test");
  CHECK(ConfigToJson(config) == ConfigToJson(expected));
}

TEST_CASE("Every registered configuration can be written to a file and read again") {
  const ScratchFolder folder;
  for (const std::string& id : EnvironmentIds()) {
    CAPTURE(id);
    const auto written = ConfigToJson(*ConfigForId(id));
    const auto config = LoadConfig(folder.Write(id + ".json", written.dump(2)).string());
    REQUIRE(config.ok());
    CHECK(config->id == id);
    CHECK(ConfigToJson(*config) == written);
  }
}

TEST_CASE("An environment is named by its id or by a file") {
  const ScratchFolder folder;
  const fs::path file = folder.Write("own", R"({"task": "circle"})");
  CHECK(LoadConfig(file.string())->task == Task::kCircle);
  CHECK(LoadConfig("Safexp-CarPush2-v0")->task == Task::kPush);
  CHECK(Contains(Refusal(LoadConfig("Safexp-CarPush3-v0")), "Safexp-CarPush"));
  CHECK(Contains(Refusal(LoadConfig(folder / "none.json")), "There is no file"));
  CHECK(Contains(Refusal(LoadConfig("none.json")), "There is no file none.json"));
}

TEST_CASE("A file that is refused is named, with the option and the reason") {
  const ScratchFolder folder;
  const fs::path file = folder.Write("bad.json", R"({"hazards_nun": 3})");
  const std::string reason = Refusal(LoadConfigFile(file));
  CHECK(Contains(reason, file.string()));
  CHECK(Contains(reason, "hazards_nun"));
  CHECK(Contains(reason, "hazards_num"));
}

TEST_CASE("What is not a regular file is refused without reading it") {
  const ScratchFolder folder;
  const std::string pipe = folder / "pipe.json";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(Contains(Refusal(LoadConfigFile(pipe)), "not a file"));
  CHECK(Contains(Refusal(LoadConfigFile("/dev/zero")), "not a file"));
  CHECK(Contains(Refusal(LoadConfigFile(fs::temp_directory_path())), "not a file"));
}

TEST_CASE("Text that is not JSON is refused with the place") {
  CHECK(Contains(Refusal(""), "not JSON"));
  CHECK(Contains(Refusal("{\"hazards_num\": 3,\n}"), "line 2"));
  CHECK(Contains(Refusal("{\"goal_size\": NaN}"), "Numbers must be finite"));
  CHECK(Contains(Refusal("{\"goal_size\": 1e999}"), "Numbers must be finite"));
  CHECK(Contains(Refusal("{\"goal_size\": -Infinity}"), "Numbers must be finite"));
  CHECK(Contains(Refusal("{\"\xff\": 1}"), "not JSON"));
  CHECK(Contains(Refusal("[1, 2]"), "JSON object"));
  CHECK(Contains(Refusal("null"), "JSON object"));
}

TEST_CASE("An option that stands twice is refused, as nobody knows which one was meant") {
  CHECK(Contains(Refusal(R"({"hazards_num": 1, "vases_num": 2, "hazards_num": 3})"),
                 "\"hazards_num\" twice"));
}

TEST_CASE("Text that is too long or too deep is refused before it is taken apart") {
  const std::string deep = std::string(10'000, '[');
  CHECK(Contains(Refusal("{\"goal_placements\": " + deep + std::string(10'000, ']') + "}"),
                 "deeper"));
  CHECK(Contains(Refusal(deep), "deeper"));
  CHECK(Contains(Refusal(R"({"id": )" + std::string(10'000, '{')), "deeper"));
  CHECK(Contains(Refusal(std::string(5'000'000, ' ') + "{}"), "bytes"));
  CHECK(Parsed(R"({"reward_orientation_body": "[[[[[[[[[[[\"[[[["})").task == Task::kGoal);

  const ScratchFolder folder;
  const fs::path huge = folder.Write("huge.json", "{}");
  fs::resize_file(huge, 100'000'000);
  CHECK(Contains(Refusal(LoadConfigFile(huge)), "100000000 bytes"));
}

TEST_CASE("A configuration can only extend what is registered") {
  CHECK(Contains(Refusal(R"({"extends": "Safexp-PointGoal9-v0"})"), "Did you mean"));
  CHECK(Contains(Refusal(R"({"extends": 3})"), "extends must be the id"));
}

TEST_CASE("The duration of a substep can be set, within what physics can follow") {
  CHECK(*Parsed(R"({"timestep": 0.001})").timestep_s == 0.001);
  CHECK_FALSE(Parsed(R"({"timestep": null})").timestep_s.has_value());
  CHECK(Contains(Refusal(R"({"timestep": 0})"), "timestep must be at least"));
  CHECK(Contains(Refusal(R"({"timestep": -0.002})"), "timestep must be at least"));
  CHECK(Contains(Refusal(R"({"timestep": 0.11})"), "timestep must be at most 0.1"));
  CHECK(Contains(Refusal(R"({"timestep": "fast"})"), "timestep must be a number"));
  CHECK(ConfigToJson(Parsed(R"({"timestep": 0.001})"))["timestep"] == 0.001);
  CHECK_FALSE(ConfigToJson(Parsed("{}")).contains("timestep"));
}
