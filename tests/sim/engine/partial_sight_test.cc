// Worlds in which the robot does not get to see everything: what it sees, and that nothing else
// changes with it.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/config/config.h"
#include "sim/config/config_file.h"
#include "sim/engine/safety_gym.h"
#include "sim/recording/recording.h"

namespace lookout::sim {
namespace {

EnvironmentConfig GoalWorld() { return ConfigForId("Safexp-PointGoal1-v0").value(); }

std::unique_ptr<SafetyGym> Started(const EnvironmentConfig& config, std::uint32_t seed = 3) {
  auto gym = SafetyGym::Create(config);
  REQUIRE(gym.ok());
  REQUIRE((*gym)->Reset(seed).ok());
  return std::move(*gym);
}

// Drives about, the same in every world.
Eigen::VectorXd ActionAt(int t) {
  return Eigen::Vector2d(0.8 * std::sin(0.05 * t) + 0.2, 0.6 * std::cos(0.13 * t));
}

struct Sights {
  std::vector<Eigen::VectorXd> observations;  // from the reset's on
  std::vector<bool> goals_met;
};

// What is observed in the partial world; its rewards and costs have to be those of the full one.
Sights CompareWithFull(const EnvironmentConfig& partial, int steps, Sights* full_seen) {
  const auto full = Started(GoalWorld());
  const auto gym = Started(partial);
  Sights seen;
  seen.observations.push_back(gym->observation());
  full_seen->observations.push_back(full->observation());
  for (int t = 0; t < steps; ++t) {
    const StepResult truth = full->Step(ActionAt(t));
    const StepResult result = gym->Step(ActionAt(t));
    CHECK(result.reward == truth.reward);
    CHECK(result.costs.total == truth.costs.total);
    CHECK(result.status == truth.status);
    seen.observations.push_back(gym->observation());
    full_seen->observations.push_back(full->observation());
    seen.goals_met.push_back(truth.goal_met);
  }
  return seen;
}

bool IsLidar(const ObservationEntry& entry) { return entry.key.ends_with("_lidar"); }

bool IsBlind(const SafetyGym& gym, const Eigen::VectorXd& observation) {
  double sum = 0.0;
  for (const ObservationEntry& entry : gym.spec().observation_entries) {
    if (IsLidar(entry)) sum += observation.segment(entry.offset, entry.size).sum();
  }
  return sum == 0.0;
}

TEST_CASE("lidars that flicker are blind by chance and see everything else") {
  EnvironmentConfig config = GoalWorld();
  config.lidar_flicker = 0.5;
  Sights full;
  const Sights seen = CompareWithFull(config, 400, &full);
  const auto gym = Started(config);
  int blind = 0;
  for (std::size_t t = 0; t < seen.observations.size(); ++t) {
    if (IsBlind(*gym, seen.observations[t])) {
      ++blind;
      for (const ObservationEntry& entry : gym->spec().observation_entries) {
        if (IsLidar(entry)) continue;
        CHECK(seen.observations[t].segment(entry.offset, entry.size) ==
              full.observations[t].segment(entry.offset, entry.size));
      }
    } else {
      CHECK(seen.observations[t] == full.observations[t]);
    }
  }
  CHECK(blind > 160);  // of 401; five deviations are 50
  CHECK(blind < 250);
  // Another episode flickers otherwise.
  const auto other = Started(config, 4);
  std::vector<bool> a, b;
  for (int t = 0; t < 30; ++t) {
    (void)other->Step(ActionAt(t));
    a.push_back(IsBlind(*other, other->observation()));
    b.push_back(IsBlind(*gym, seen.observations[static_cast<std::size_t>(t) + 1]));
  }
  CHECK(a != b);
}

TEST_CASE("lidars with a period see in every so-manieth step") {
  EnvironmentConfig config = GoalWorld();
  config.lidar_period = 8;
  Sights full;
  const Sights seen = CompareWithFull(config, 40, &full);
  const auto gym = Started(config);
  for (std::size_t t = 0; t < seen.observations.size(); ++t) {
    CHECK(IsBlind(*gym, seen.observations[t]) == (t % 8 != 0));
    if (t % 8 == 0) CHECK(seen.observations[t] == full.observations[t]);
  }
}

TEST_CASE("lidars that look ahead see as much of it as others, and nothing behind") {
  EnvironmentConfig config = GoalWorld();
  config.lidar_view_rad = 1.0472;
  Sights full;
  const Sights seen = CompareWithFull(config, 200, &full);
  const auto gym = Started(config);
  double ahead = 0.0;
  double behind = 0.0;
  for (std::size_t t = 0; t < seen.observations.size(); ++t) {
    for (const ObservationEntry& entry : gym->spec().observation_entries) {
      if (!IsLidar(entry)) continue;
      for (int bin = 0; bin < entry.size; ++bin) {
        const double value = seen.observations[t][entry.offset + bin];
        const double truth = full.observations[t][entry.offset + bin];
        CHECK(value <= truth);
        // A bin is 22.5 degrees wide and shares with its neighbours.
        if (bin == 0 || bin == 15) {
          CHECK(value == truth);
          ahead += value;
        }
        if (bin >= 4 && bin <= 11) {
          CHECK(value == 0.0);
          behind += truth;
        }
      }
    }
  }
  CHECK(ahead > 1.0);
  CHECK(behind > 1.0);
}

TEST_CASE("a goal that is shown once is hidden until the next one") {
  EnvironmentConfig config = GoalWorld();
  config.goal_shown_steps = 20;
  config.goal_size = 1.0;  // met now and then
  const auto gym = Started(config);
  const auto entries = gym->spec().observation_entries;
  const auto goal = std::ranges::find(entries, "goal_lidar", &ObservationEntry::key);
  REQUIRE(goal != entries.end());
  const auto shown = [&] { return gym->observation().segment(goal->offset, goal->size).any(); };
  int age = 0;
  int goals = 0;
  CHECK(shown());
  for (int t = 0; t < 900; ++t) {
    const StepResult result = gym->Step(ActionAt(t));
    age = result.goal_met ? 0 : age + 1;
    goals += result.goal_met ? 1 : 0;
    CHECK(shown() == (age < 20));
  }
  CHECK(goals > 0);
}

TEST_CASE("late sensors show what was some steps ago") {
  EnvironmentConfig config = GoalWorld();
  config.sensor_delay = 3;
  Sights full;
  const Sights seen = CompareWithFull(config, 40, &full);
  for (std::size_t t = 0; t < seen.observations.size(); ++t) {
    CHECK(seen.observations[t] == full.observations[t < 3 ? 0 : t - 3]);
  }
}

// All at once.
EnvironmentConfig HardWorld() {
  EnvironmentConfig config = GoalWorld();
  config.lidar_flicker = 0.3;
  config.lidar_view_rad = 2.0;
  config.lidar_period = 2;
  config.goal_shown_steps = 50;
  config.sensor_delay = 4;
  return config;
}

TEST_CASE("whoever goes back to a step sees the same future again, from a recording too") {
  const auto gym = Started(HardWorld());
  for (int t = 0; t < 30; ++t) (void)gym->Step(ActionAt(t));
  const Eigen::VectorXd now = gym->observation();
  RecordingChunk chunk{{1}, 30, {}};
  chunk.steps.emplace_back();
  chunk.steps.back().state = std::make_shared<const SimState>(gym->Save());
  const auto decoded = DecodeChunk(EncodeChunk(chunk));
  REQUIRE(decoded.ok());
  const SimState state = *decoded->steps.front().state;
  auto again = SafetyGym::FromEpisode(HardWorld(), gym->setup(), state);
  REQUIRE(again.ok());
  const auto twin = Started(HardWorld(), 9);
  REQUIRE(twin->Follow(*gym).ok());
  CHECK((*again)->observation() == now);
  for (int t = 30; t < 60; ++t) {
    (void)gym->Step(ActionAt(t));
    (void)(*again)->Step(ActionAt(t));
    (void)twin->Step(ActionAt(t));
    CHECK((*again)->observation() == gym->observation());
    CHECK(twin->observation() == gym->observation());
  }
  REQUIRE(gym->Restore(state).ok());
  CHECK(gym->observation() == now);

  SimState wrong = state;
  wrong.sights.conservativeResize(7);
  CHECK_FALSE(gym->Restore(wrong).ok());
}

TEST_CASE("a world that hides nothing says nothing of it, and records as before") {
  const auto text = ConfigToJson(GoalWorld()).dump();
  CHECK(text.find("lidar_flicker") == std::string::npos);
  CHECK(text.find("sensor_delay") == std::string::npos);
  const auto hard = ConfigToJson(HardWorld());
  CHECK(hard["lidar_view"] == 2.0);
  CHECK(hard["goal_shown_steps"] == 50);
  const auto read = ParseConfig(hard, "again");
  REQUIRE(read.ok());
  CHECK(ConfigToJson(*read) == hard);
  const auto gym = Started(GoalWorld());
  (void)gym->Step(ActionAt(0));
  const SimState state = gym->Save();
  CHECK(state.goal_age == 0);
  CHECK(state.sights.size() == 0);
  RecordingChunk chunk{{1}, 0, {}};
  chunk.steps.emplace_back();
  chunk.steps.back().state = std::make_shared<const SimState>(state);
  CHECK(EncodeChunk(chunk)[8] == 4);  // the version
}

TEST_CASE("a delay of more than can be kept is refused") {
  EnvironmentConfig config = GoalWorld();
  config.sensor_delay = 100;
  config.lidar_num_bins = 1000;
  const auto gym = SafetyGym::Create(config);
  REQUIRE_FALSE(gym.ok());
  CHECK(gym.error().message.starts_with("sensor_delay: 100 steps of "));
}

}  // namespace
}  // namespace lookout::sim
