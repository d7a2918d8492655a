#include "agents/overseer/simulated_person.h"

#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include "agents/overseer/danger_ahead.h"
#include "agents/overseer/ledger.h"
#include "agents/policies/scripted/scripted_policies.h"
#include "agents/rollout/stepper.h"
#include "sim/engine/safety_gym.h"
#include "tests/support/allocation_counter.h"

namespace lookout::agents {
namespace {

// The robot at the origin looks along x, where one hazard of 0.3 m lies 1.5 m ahead.
sim::EnvironmentConfig OneHazardAhead() {
  sim::EnvironmentConfig config;
  config.robot_base = sim::RobotKind::kPoint;
  config.robot_locations = {{0.0, 0.0}};
  config.robot_rot = 0.0;
  config.goal_locations = {{-1.5, -1.5}};
  config.hazards.num = 1;
  config.hazards.size_m = 0.3;
  config.hazards.locations = {{1.5, 0.0}};
  config.constrain_hazards = true;
  config.observe_hazards = true;
  config.observe_goal_lidar = true;
  return config;
}

std::unique_ptr<sim::SafetyGym> World(const sim::EnvironmentConfig& config) {
  auto gym = sim::SafetyGym::Create(config);
  REQUIRE_MESSAGE(gym.ok(), (gym.ok() ? "" : gym.error().message));
  return std::move(*gym);
}

std::unique_ptr<ActionFilter> Person(const sim::SafetyGym& gym,
                                     const SimulatedPersonSettings& settings) {
  auto person = MakeSimulatedPerson(gym.config(), gym.spec(), settings);
  REQUIRE_MESSAGE(person.ok(), (person.ok() ? "" : person.error().message));
  return std::move(*person);
}

// One episode of 300 steps of full ahead under such a person.
std::vector<OverseenStep> DriveAhead(const SimulatedPersonSettings& settings,
                                     std::uint32_t seed = 1) {
  const auto gym = World(OneHazardAhead());
  const auto person = Person(*gym, settings);
  REQUIRE(gym->Reset(seed).ok());
  Stepper stepper(*gym, person.get());
  stepper.BeginEpisode();
  std::vector<OverseenStep> steps;
  for (int i = 0; i < 300; ++i) {
    stepper.Hold(Eigen::Vector2d(1.0, 0.0), sim::ActionSource::kAgent, 1);
    const StepOutcome& outcome = stepper.Step();
    steps.push_back(OverseenStep::Of(outcome, 0.0));
    steps.back().overseer = {};
    if (sim::IsDone(outcome.result.status)) break;
  }
  return steps;
}

int FirstBlock(const std::vector<OverseenStep>& steps) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].blocked) return static_cast<int>(i);
  }
  return -1;
}

int Violations(const std::vector<OverseenStep>& steps) {
  int count = 0;
  for (const OverseenStep& step : steps) count += step.costs.total > 0.0 ? 1 : 0;
  return count;
}

TEST_CASE(
    "danger is what the robot's path comes into, within what is foreseen, and not behind it") {
  const auto gym = World(OneHazardAhead());
  REQUIRE(gym->Reset(1).ok());
  DangerAhead ahead(gym->config(), 1.0, 0.0);
  const auto seen = [&] {
    const std::vector<bool>& dangers = ahead.Look(*gym);
    for (std::size_t i = 0; i < dangers.size(); ++i) {
      if (dangers[i]) CHECK(gym->scene().objects[i].kind == sim::SceneObjectKind::kHazard);
    }
    return std::ranges::count(dangers, true) > 0;
  };
  CHECK_FALSE(seen());  // it stands
  for (int i = 0; i < 5; ++i) gym->Step(Eigen::Vector2d(1.0, 0.0));
  CHECK_FALSE(seen());  // slow and far away
  while (gym->robot_velocity_in_world().x() < 1.3) gym->Step(Eigen::Vector2d(1.0, 0.0));
  CHECK(seen());
  while (gym->robot_velocity_in_world().x() > -0.3) gym->Step(Eigen::Vector2d(-1.0, 0.0));
  CHECK_FALSE(seen());  // on its way back
}

TEST_CASE("a person who sees every danger at once keeps the robot out of it") {
  const auto alone = DriveAhead({.misses = 1.0});
  CHECK(FirstBlock(alone) == -1);
  CHECK(Violations(alone) > 10);
  const auto watched = DriveAhead({.lag_s = 0.0, .misses = 0.0});
  CHECK(FirstBlock(watched) > 0);
  CHECK(Violations(watched) == 0);
}

TEST_CASE("a reaction lag makes the first block late by as much") {
  const int at_once = FirstBlock(DriveAhead({.lag_s = 0.0, .misses = 0.0}));
  const int late = FirstBlock(DriveAhead({.lag_s = 0.3, .misses = 0.0}));
  REQUIRE(at_once > 0);
  CHECK(late == at_once + 15);
}

TEST_CASE("which dangers are missed depends on the seed and the episode alone") {
  const int at_once = FirstBlock(DriveAhead({.lag_s = 0.0, .misses = 0.0}));
  const SimulatedPersonSettings half{.lag_s = 0.0, .misses = 0.5};
  int missed = 0;  // the first danger of the episode
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    const int block = FirstBlock(DriveAhead(half, seed));
    if (seed <= 5) CHECK(FirstBlock(DriveAhead(half, seed)) == block);
    if (block != at_once) ++missed;
  }
  CHECK(missed > 8);
  CHECK(missed < 32);
}

TEST_CASE("a person who takes the wheel drives as a human, and gives it back") {
  const auto steps = DriveAhead({.does = PersonDoes::kDrive, .lag_s = 0.1, .misses = 0.0});
  const int first = FirstBlock(steps);
  REQUIRE(first > 0);
  CHECK(steps[static_cast<std::size_t>(first)].source == sim::ActionSource::kHuman);
  bool given_back = false;
  for (std::size_t i = static_cast<std::size_t>(first); i < steps.size(); ++i) {
    given_back = given_back || steps[i].source == sim::ActionSource::kAgent;
  }
  CHECK(given_back);
}

TEST_CASE("watching allocates nothing once it is under way") {
  if (!test::CountsAllocations()) return;
  const auto gym = World(OneHazardAhead());
  const auto person = Person(*gym, {.lag_s = 0.0, .misses = 0.0});
  REQUIRE(gym->Reset(1).ok());
  Stepper stepper(*gym, person.get());
  stepper.BeginEpisode();
  const Eigen::VectorXd ahead = Eigen::Vector2d(1.0, 0.0);
  const auto drive = [&](int steps) {
    for (int i = 0; i < steps; ++i) {
      stepper.Hold(ahead, sim::ActionSource::kAgent, 1);
      stepper.Step();
    }
  };
  drive(2);
  CHECK(test::AllocationsIn([&] { drive(200); }) == 0);
}

}  // namespace
}  // namespace lookout::agents
