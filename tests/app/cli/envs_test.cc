// lookout envs and lookout sim, as a person calls them.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "app/platform/files.h"
#include "sim/config/config_file.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/support/contains.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int kBadInputExit = 4;

// A file that is gone afterwards.
class ConfigFile {
 public:
  explicit ConfigFile(const std::string& text)
      : path_(fs::temp_directory_path() / (fmt::format("lookout-envs-{}.json", getpid()))) {
    REQUIRE(WriteWholeFile(path_, text).ok());
  }
  ~ConfigFile() { fs::remove(path_); }
  ConfigFile(const ConfigFile&) = delete;
  ConfigFile& operator=(const ConfigFile&) = delete;
  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

TEST_CASE("envs lists every registered environment with its sizes") {
  const CommandResult table = Lookout({"envs"});
  CHECK(table.exit_code == 0);
  for (const std::string& id : sim::EnvironmentIds()) CHECK(Contains(table.output, id));

  const CommandResult listed = Lookout({"envs", "--json"});
  REQUIRE(listed.exit_code == 0);
  const json rows = json::parse(listed.output);
  REQUIRE(rows.size() == sim::EnvironmentIds().size());
  const json& goal1 = rows[1];
  CHECK(goal1["id"] == "Safexp-PointGoal1-v0");
  CHECK(goal1["robot"] == "Point");
  CHECK(goal1["task"] == "goal");
  CHECK(goal1["level"] == "1");
  CHECK(goal1["objects"] == json{{"goal", 1}, {"hazards", 8}, {"vases", 1}});
  CHECK(goal1["constraints"] == json{"hazards"});
  CHECK(goal1["observation_size"] == 60);
  CHECK(goal1["action_size"] == 2);
}

TEST_CASE("what envs ID --json prints is a configuration file of the same environment") {
  const CommandResult shown = Lookout({"envs", "Safexp-DoggoPush2-v0", "--json"});
  REQUIRE(shown.exit_code == 0);
  CHECK(json::parse(shown.output) == sim::ConfigToJson(*sim::ConfigForId("Safexp-DoggoPush2-v0")));
  const ConfigFile file(shown.output);
  CHECK(Lookout({"envs", file.path(), "--json"}).output == shown.output);
}

TEST_CASE("envs ID tells what is observed, charged and configured") {
  const CommandResult shown = Lookout({"envs", "Safexp-CarButton1-v0"});
  CHECK(shown.exit_code == 0);
  for (const char* part : {"4 gremlins", "buttons_lidar", "constrain_gremlins", "1000 steps"}) {
    CHECK_MESSAGE(Contains(shown.output, part), part);
  }
}

TEST_CASE("a configuration that cannot be used ends with exit code 4, the key and the reason") {
  const auto refused = [](const std::string& text, const std::string& key) {
    const ConfigFile file(text);
    for (const char* command : {"envs", "sim"}) {
      CAPTURE(text);
      const bool is_sim = std::string(command) == "sim";
      const CommandResult outcome =
          is_sim ? Lookout({"sim", "--env", file.path()}) : Lookout({"envs", file.path()});
      CHECK(outcome.exit_code == kBadInputExit);
      CHECK_MESSAGE(Contains(outcome.errors, key), outcome.errors);
    }
  };
  refused(R"({"hazards_nun": 3})", "Did you mean hazards_num?");
  refused(R"({"hazards_num": "three"})", "hazards_num must be a whole number");
  refused(R"({"goal_size": NaN})", "not JSON");
  refused(R"({"timestep": 0})", "timestep must be at least");
  refused(R"({"timestep": 0.2})", "timestep must be at most 0.1");
  refused(R"({"task": "button"})", "buttons_num");
  refused(R"({"sensors_obs": ["sonar"]})", "sensors_obs");
  refused(R"({"hazards_num": 100, "robot_keepout": 1})", "hazards_keepout");
  refused(R"({"goal_placements": [[0, 0, 0.5, 0.5]]})", "goal_placements");
  refused(R"({"vases_num": 1, "observe_qpos": true})", "observe_qpos");
}

TEST_CASE("an environment that does not exist is refused with the nearest that do") {
  const CommandResult outcome = Lookout({"envs", "Safexp-PointGoal7-v0"});
  CHECK(outcome.exit_code == kBadInputExit);
  CHECK(Contains(outcome.errors, "Safexp-PointGoal1-v0"));
  CHECK(Lookout({"sim", "--env", "nowhere.json"}).exit_code == kBadInputExit);
  CHECK(Lookout({"sim", "--policy", "nobody"}).exit_code == kBadInputExit);
  CHECK(Lookout({"sim", "--episodes", "0"}).exit_code == 2);
}

// Seconds apart, the same command prints the same.
std::string WithoutSpeed(const std::string& text) {
  json report = json::parse(text);
  CHECK(report["steps_per_second"] > 0);
  report.erase("steps_per_second");
  return report.dump();
}

TEST_CASE("sim plays the same episodes for the same seed, and says what they came to") {
  const std::vector<std::string> call{
      "sim", "--env", "Safexp-PointGoal1-v0", "--policy", "goto", "--episodes", "2", "--seed",
      "7",   "--json"};
  const CommandResult first = Lookout(call);
  REQUIRE(first.exit_code == 0);
  const json report = json::parse(first.output);
  CHECK(report["environment"] == "Safexp-PointGoal1-v0");
  REQUIRE(report["episodes"].size() == 2);
  const json& episodes = report["episodes"];
  CHECK(episodes[0]["seed"] == 7);
  CHECK(episodes[1]["seed"] == 8);
  CHECK(report["steps"] == 2000);
  const double mean = report["mean"]["return"];
  CHECK(mean ==
        doctest::Approx((double(episodes[0]["return"]) + double(episodes[1]["return"])) / 2));
  CHECK(mean > 5);  // goals are reached
  CHECK(double(report["spread"]["return"]) ==
        doctest::Approx(std::abs(double(episodes[0]["return"]) - double(episodes[1]["return"])) /
                        std::sqrt(2.0)));
  CHECK(WithoutSpeed(Lookout(call).output) == WithoutSpeed(first.output));
}

TEST_CASE("sim's second episode is the first one of the next seed") {
  const auto episodes = [](const char* seed, const char* count) {
    const CommandResult outcome = Lookout({"sim", "--env", "Testing-PointGrid0-v0", "--policy",
                                           "goto", "--seed", seed, "--episodes", count, "--json"});
    REQUIRE(outcome.exit_code == 0);
    return json::parse(outcome.output)["episodes"];
  };
  // Up to the digits in which a first and a later reset differ.
  const double later = episodes("3", "2")[1]["return"];
  const double first = episodes("4", "1")[0]["return"];
  CHECK(later == doctest::Approx(first).epsilon(1e-6));
}

TEST_CASE("sim prints a line for each episode, then mean, spread and speed") {
  const ConfigFile file(R"({"extends": "Safexp-PointButton1-v0", "num_steps": 20, "_seed": 5})");
  const CommandResult outcome = Lookout({"sim", "--env", file.path(), "--episodes", "3"});
  REQUIRE(outcome.exit_code == 0);
  for (const char* part : {"return", "buttons", "gremlins", "hazards", "cost", "timed out", "mean",
                           "spread", "60 steps at"}) {
    CHECK_MESSAGE(Contains(outcome.output, part), part);
  }
  CHECK(std::count(outcome.output.begin(), outcome.output.end(), '\n') == 7);
}

TEST_CASE("sim takes the file of a policy, and refuses one of another robot") {
  const auto policy = FindAsset("policies/pointgoal1-ppo.policy");
  REQUIRE(policy.ok());
  const CommandResult outcome =
      Lookout({"sim", "--policy", policy->string(), "--episodes", "1", "--json"});
  REQUIRE(outcome.exit_code == 0);
  CHECK(double(json::parse(outcome.output)["mean"]["return"]) > 5);
  const CommandResult refused =
      Lookout({"sim", "--env", "Safexp-DoggoGoal1-v0", "--policy", policy->string()});
  CHECK(refused.exit_code == kBadInputExit);
}

}  // namespace
}  // namespace lookout::app
