#include <doctest/doctest.h>

#include <bit>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

#include "sim/recording/acting.h"
#include "sim/recording/recording.h"

namespace lookout::sim {
namespace {

bool SameHeaderBits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

bool HeaderSays(const std::string& message, std::string_view words) {
  INFO(message);
  return message.find(words) != std::string::npos;
}

EpisodeHeader AnyHeader() {
  EpisodeHeader header;
  header.id = {std::numeric_limits<std::int64_t>::max()};
  header.config = *ConfigForId("Safexp-PointGoal1-v0");
  header.config.hazards_cost = 1.0 / 3.0;
  header.setup = {4294967295U,
                  {{"robot", -1.0 / 3.0, 5e-324}, {"hazard0", 1.7976931348623157e308, -0.0}},
                  {{"vase0", 6.283185307179586}},
                  0.1 + 0.2};
  header.seed = 4294967294U;
  header.agent = "Go to \"goal\" \xc3\xa9 %n ##";
  header.branched_from = {17};
  header.branched_at = 300;
  header.started_unix_ms = 1'700'000'000'123;
  header.signature = ObservationSignature({{"gyro", 3, ""}, {"lidar", 16, "natural"}});
  header.hand_overs = {{12, "You"}, {40, "Go to goal"}};
  return header;
}

TEST_CASE("a header survives encoding, doubles bit for bit") {
  const EpisodeHeader header = AnyHeader();
  const auto decoded = DecodeHeader(EncodeHeader(header));
  REQUIRE(decoded.ok());
  CHECK(decoded->id == header.id);
  CHECK(decoded->config.id == "Safexp-PointGoal1-v0");
  CHECK(ConfigToJson(decoded->config) == ConfigToJson(header.config));
  CHECK(SameHeaderBits(decoded->config.hazards_cost, header.config.hazards_cost));
  CHECK(decoded->setup.generator_seed == header.setup.generator_seed);
  REQUIRE(decoded->setup.layout.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(decoded->setup.layout[i].name == header.setup.layout[i].name);
    CHECK(SameHeaderBits(decoded->setup.layout[i].x_m, header.setup.layout[i].x_m));
    CHECK(SameHeaderBits(decoded->setup.layout[i].y_m, header.setup.layout[i].y_m));
  }
  REQUIRE(decoded->setup.rotations.size() == 1);
  CHECK(decoded->setup.rotations[0].name == "vase0");
  CHECK(SameHeaderBits(decoded->setup.rotations[0].angle_rad, 6.283185307179586));
  CHECK(SameHeaderBits(decoded->setup.robot_rotation_rad, header.setup.robot_rotation_rad));
  CHECK(decoded->seed == header.seed);
  CHECK(decoded->agent == header.agent);
  CHECK(decoded->branched_from == header.branched_from);
  CHECK(decoded->branched_at == header.branched_at);
  CHECK(decoded->started_unix_ms == header.started_unix_ms);
  CHECK(decoded->signature == header.signature);
  CHECK(decoded->hand_overs == header.hand_overs);
  CHECK_FALSE(decoded->imported);
}

EpisodeHeader ImportedHeader() {
  EpisodeHeader header;
  header.id = {5};
  header.config.id = "Hopper";
  header.agent = "SAC";
  header.signature = ObservationSignature({{"joints", 5, ""}, {"speed", 6, "m/s"}});
  header.imported = ImportedEpisode{.file = "hopper.json",
                                    .action_dim = 3,
                                    .max_episode_steps = 1000,
                                    .step_duration_s = 0.008,
                                    .cost_kinds = {CostKind::kHazards}};
  return header;
}

TEST_CASE("the header of an imported episode tells its environment from outside") {
  const EpisodeHeader header = ImportedHeader();
  const auto decoded = DecodeHeader(EncodeHeader(header));
  REQUIRE(decoded.ok());
  CHECK(decoded->imported == header.imported);
  CHECK(decoded->config.id == "Hopper");
  CHECK(decoded->signature == header.signature);
  const EnvironmentSpec spec = SpecOfImported(*decoded);
  CHECK(spec.id == "Hopper");
  CHECK(spec.observation_dim == 11);
  CHECK(spec.action_dim == 3);
  CHECK(spec.FindEntry("speed")->offset == 5);
  CHECK(spec.signature() == header.signature);
  CHECK(WhyNoState(*decoded) ==
        "this episode was imported from hopper.json, without the simulator's state");
}

// What DecodeHeader says when one key of a good header holds something else.
std::string HeaderRefusal(const nlohmann::json::json_pointer& key, const nlohmann::json& value) {
  nlohmann::json object = nlohmann::json::parse(EncodeHeader(AnyHeader()));
  object[key] = value;
  const auto header = DecodeHeader(object.dump());
  return header.ok() ? "accepted" : header.error().message;
}

TEST_CASE("a wrong header is refused by the key that is wrong") {
  using Key = nlohmann::json::json_pointer;
  CHECK(
      HeaderSays(HeaderRefusal(Key("/format"), "other"), "\"format\" is not \"lookout-episode\""));
  CHECK(
      HeaderSays(HeaderRefusal(Key("/version"), 3), "a newer version of Lookout: its format is 3"));
  CHECK(HeaderSays(HeaderRefusal(Key("/signature"), "gyro"), "\"signature\" is unusable"));
  CHECK(HeaderSays(HeaderRefusal(Key("/hand_overs/0/step"), -1), "\"step\" is not a whole number"));
  CHECK(HeaderSays(HeaderRefusal(Key("/imported"), 7), "\"imported\" is not an object"));
  CHECK(HeaderSays(HeaderRefusal(Key("/id"), -1), "\"id\" is not a whole number"));
  CHECK(HeaderSays(HeaderRefusal(Key("/id"), 1.5), "\"id\" is not a whole number"));
  CHECK(HeaderSays(HeaderRefusal(Key("/id"), 18446744073709551615ULL), "\"id\" is not"));
  CHECK(HeaderSays(HeaderRefusal(Key("/seed"), 4294967296), "0 to 4294967295"));
  CHECK(HeaderSays(HeaderRefusal(Key("/branched_at"), 2147483648), "0 to 2147483647"));
  CHECK(HeaderSays(HeaderRefusal(Key("/agent"), 7), "\"agent\" is not a text"));
  CHECK(HeaderSays(HeaderRefusal(Key("/setup"), 7), "\"setup\" is not an object"));
  CHECK(HeaderSays(HeaderRefusal(Key("/setup/layout"), "x"), "\"layout\" is not a list"));
  CHECK(HeaderSays(HeaderRefusal(Key("/setup/layout/0"), 7), "\"name\" is not a text"));
  CHECK(HeaderSays(HeaderRefusal(Key("/setup/layout/0/x_m"), nullptr), "\"x_m\" is not a number"));
  CHECK(HeaderSays(HeaderRefusal(Key("/config/no_such_option"), 1), "no_such_option"));
  CHECK(HeaderSays(HeaderRefusal(Key("/config"), nlohmann::json::array()), "\"config\" is not an"));
}

TEST_CASE("text that is no header is refused") {
  for (const char* text : {"", "{", "[]", "null", "{}", "7", "\xff\xfe"}) {
    CAPTURE(text);
    CHECK(!DecodeHeader(text).ok());
  }
  CHECK(!DecodeHeader(std::string(100'000, '[')).ok());
}

TEST_CASE("an agent's name that is not UTF-8 is still recorded") {
  EpisodeHeader header = AnyHeader();
  header.agent = "bad \xff name";
  const auto decoded = DecodeHeader(EncodeHeader(header));
  REQUIRE(decoded.ok());
  CHECK(decoded->agent == "bad \xef\xbf\xbd name");
}

}  // namespace
}  // namespace lookout::sim
