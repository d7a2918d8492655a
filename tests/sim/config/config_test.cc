#include "sim/config/config.h"

#include <doctest/doctest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "tests/support/contains.h"

using lookout::Contains;
using lookout::Result;
using lookout::sim::ConfigToJson;
using lookout::sim::EnvironmentConfig;
using lookout::sim::ParseConfig;
using nlohmann::json;

namespace {

EnvironmentConfig Parsed(const json& options) {
  const Result<EnvironmentConfig> config = ParseConfig(options, "test");
  REQUIRE_MESSAGE(config.ok(), (config.ok() ? "" : config.error().message));
  return *config;
}

std::string WhyRefused(const json& options) {
  const Result<EnvironmentConfig> config = ParseConfig(options, "test");
  REQUIRE_FALSE(config.ok());
  CHECK(config.error().code == lookout::ErrorCode::kBadInput);
  return config.error().message;
}

}  // namespace

TEST_CASE("Options that are not given keep Safety Gym's defaults") {
  const EnvironmentConfig config = Parsed(json::object());
  CHECK(config.id == "test");
  CHECK(config.num_steps == 1000);
  CHECK(config.robot_base == lookout::sim::RobotKind::kCar);
  CHECK(config.hazards.keepout_m == 0.4);
  CHECK_FALSE(config.lidar_max_dist.has_value());
  CHECK(config.frameskip_binom_n == 10);
}

TEST_CASE("Options of every type are read under Engine's names") {
  const EnvironmentConfig config = Parsed({{"robot_base", "xmls/point.xml"},
                                           {"task", "push"},
                                           {"lidar_type", "natural"},
                                           {"hazards_num", 8},
                                           {"hazards_size", 0.2},
                                           {"hazards_locations", {{1, 2}, {-0.5, 0}}},
                                           {"vases_placements", {{-1, -1, 1, 1}}},
                                           {"goal_placements", nullptr},
                                           {"lidar_max_dist", 3},
                                           {"robot_rot", 0.5},
                                           {"num_steps", 250.0},
                                           {"vision_size", {60, 40}},
                                           {"sensors_obs", {"gyro"}},
                                           {"constrain_hazards", true},
                                           {"_seed", 4294967295}});
  CHECK(config.robot_base == lookout::sim::RobotKind::kPoint);
  CHECK(config.task == lookout::sim::Task::kPush);
  CHECK(config.lidar_type == lookout::sim::LidarType::kNatural);
  CHECK(config.hazards.num == 8);
  CHECK(config.hazards.size_m == 0.2);
  CHECK(config.hazards.locations.size() == 2);
  CHECK(config.hazards.locations[1][0] == -0.5);
  REQUIRE(config.vases.placements.has_value());
  CHECK(config.vases.placements->front() == lookout::sim::Rectangle{-1, -1, 1, 1});
  CHECK_FALSE(config.goal_placements.has_value());
  CHECK(config.lidar_max_dist == 3.0);
  CHECK(config.robot_rot == 0.5);
  CHECK(config.num_steps == 250);
  CHECK(config.sensors_obs == std::vector<std::string>{"gyro"});
  CHECK(config.seed == 4294967295U);
}

TEST_CASE("A configuration survives being written and read again") {
  for (const std::string& id : lookout::sim::EnvironmentIds()) {
    CAPTURE(id);
    const json written = ConfigToJson(*lookout::sim::ConfigForId(id));
    CHECK(written.size() == 134);
    CHECK(ConfigToJson(Parsed(written)) == written);
  }
}

TEST_CASE("An option that does not exist is refused with the nearest that does") {
  CHECK(Contains(WhyRefused({{"hazard_num", 3}}), "hazards_num"));
  CHECK(Contains(WhyRefused({{"lidar_num_bin", 16}}), "lidar_num_bins"));
  CHECK_FALSE(Contains(WhyRefused({{"qqqqqqqqqqqqqqqq", 1}}), "Did you mean"));
  CHECK(WhyRefused({{std::string(100'000, 'x'), 1}}).size() < 500);
}

TEST_CASE("Wrong types are refused with the option and what it should be") {
  CHECK(Contains(WhyRefused({{"num_steps", "ten"}}), "num_steps must be a whole number"));
  CHECK(Contains(WhyRefused({{"num_steps", 1.5}}), "whole number"));
  CHECK(Contains(WhyRefused({{"observe_hazards", 1}}), "observe_hazards must be true or false"));
  CHECK(Contains(WhyRefused({{"placements_extents", {1, 2}}}), "list of 4 numbers"));
  CHECK(Contains(WhyRefused({{"task", "fly"}}), "goal, button, push"));
  CHECK(Contains(WhyRefused({{"robot_base", "xmls/../../etc/passwd"}}), "xmls/point.xml"));
  CHECK(Contains(WhyRefused({{"hazards_locations", {{0, 0}, {"a", 0}}}}), "item 1"));
  CHECK(Contains(WhyRefused(json::array()), "JSON object"));
}

TEST_CASE("Impossible values are refused with the option and the limit") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(Contains(WhyRefused({{"goal_size", nan}}), "goal_size must be a finite number"));
  CHECK(Contains(WhyRefused({{"goal_size", -0.1}}), "goal_size must be at least"));
  CHECK(Contains(WhyRefused({{"num_steps", 0}}), "num_steps must be at least 1, not 0."));
  CHECK(Contains(WhyRefused({{"hazards_num", 1'000'000}}), "hazards_num must be at most"));
  CHECK(Contains(WhyRefused({{"lidar_num_bins", 0}}), "lidar_num_bins"));
  CHECK(Contains(WhyRefused({{"compass_shape", 4}}), "compass_shape"));
  CHECK(Contains(WhyRefused({{"frameskip_binom_p", 1.1}}), "frameskip_binom_p"));
  CHECK(Contains(WhyRefused({{"frameskip_binom_n", 100}, {"frameskip_binom_p", 0.5}}),
                 "frameskip_binom_n"));
  CHECK(Contains(WhyRefused({{"_seed", 4294967296}}), "_seed"));
}
