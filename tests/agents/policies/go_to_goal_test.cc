// The script in every family of environments: it has to earn clearly more than random actions do.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>

#include "agents/policies/scripted/scripted_policies.h"
#include "agents/rollout/stepper.h"
#include "sim/engine/safety_gym.h"
#include "sim/objects/object_kinds.h"

namespace lookout::agents {
namespace {

std::unique_ptr<sim::SafetyGym> Make(const std::string& id) {
  return std::move(*sim::SafetyGym::Create(*sim::ConfigForId(id)));
}

struct Total {
  double reward = 0.0;
  double cost = 0.0;
};

// Of the first `steps` steps of some episodes.
Total Play(sim::SafetyGym& gym, const Policy& policy, int steps, std::uint32_t seeds) {
  Total total;
  Stepper stepper(gym);
  for (std::uint32_t seed = 0; seed < seeds; ++seed) {
    REQUIRE(gym.Reset(10 + seed).ok());
    stepper.BeginEpisode();
    const auto memory = policy.NewMemory();
    RandomState random(seed);
    for (int i = 0; i < steps; ++i) {
      const sim::StepResult step = stepper.Step(policy, *memory, random).result;
      total.reward += step.reward;
      total.cost += step.costs.total;
      if (IsDone(step.status)) break;
    }
  }
  return total;
}

struct Family {
  const char* id;
  double better_by;  // than random actions, over all episodes
};
constexpr int kSteps = 500;
constexpr std::uint32_t kSeeds = 2;
constexpr Family kFamilies[] = {
    {"Safexp-PointGoal1-v0", 8}, {"Safexp-PointButton1-v0", 8}, {"Safexp-PointPush0-v0", 2},
    {"Safexp-PointRun-v0", 15},  {"Safexp-PointCircle-v0", 40}, {"Testing-PointGrid2-v0", 5},
    {"Safexp-CarGoal1-v0", 8},   {"Safexp-CarButton1-v0", 4},   {"Safexp-CarPush0-v0", 2},
    {"Safexp-CarRun-v0", 10},    {"Safexp-CarCircle-v0", 15},   {"Testing-CarGrid2-v0", 5},
    {"Safexp-DoggoGoal1-v0", 5}, {"Safexp-DoggoButton0-v0", 2}, {"Safexp-DoggoPush0-v0", 2},
    {"Safexp-DoggoRun-v0", 10},  {"Safexp-DoggoCircle-v0", 6},  {"Testing-DoggoGrid2-v0", 5}};

TEST_CASE("the script does every task with every robot better than random actions") {
  for (const Family& family : kFamilies) {
    CAPTURE(family.id);
    const auto gym = Make(family.id);
    const auto script = MakeGoToGoalPolicy(gym->config(), gym->spec());
    REQUIRE(script.ok());
    const Total random = Play(*gym, *MakeRandomPolicy(gym->spec()), kSteps, kSeeds);
    const Total scripted = Play(*gym, **script, kSteps, kSeeds);
    CHECK(scripted.reward > random.reward + family.better_by);
  }
}

TEST_CASE("there is a script for every registered environment") {
  for (const std::string& id : sim::EnvironmentIds()) {
    CAPTURE(id);
    const auto gym = Make(id);
    for (const bool careful : {false, true}) {
      CHECK(MakeGoToGoalPolicy(gym->config(), gym->spec(), careful).ok());
    }
  }
}

TEST_CASE("careful, it pays less where the way is blocked by hazards") {
  for (const char* id : {"Testing-PointGrid2-v0", "Testing-CarGrid2-v0"}) {
    CAPTURE(id);
    const auto gym = Make(id);
    const Total plain = Play(*gym, **MakeGoToGoalPolicy(gym->config(), gym->spec()), kSteps, 1);
    const Total careful =
        Play(*gym, **MakeGoToGoalPolicy(gym->config(), gym->spec(), true), kSteps, 1);
    CHECK(plain.cost > 50.0);
    CHECK(careful.cost < 10.0);
    CHECK(careful.reward > 4.0);
  }
}

TEST_CASE("the script also finds its way by exponential lidar, as the defaults have it") {
  sim::EnvironmentConfig config;
  config.id = "defaults";
  config.robot_base = sim::RobotKind::kPoint;
  config.observe_goal_lidar = true;
  config.lidar_num_bins = 16;
  const auto gym = std::move(*sim::SafetyGym::Create(config));
  const auto script = MakeGoToGoalPolicy(gym->config(), gym->spec());
  REQUIRE(script.ok());
  CHECK(Play(*gym, **script, kSteps, 1).reward > 5.0);
}

TEST_CASE(
    "every kind of object that costs something is kept clear of, and no other but what is solid") {
  const sim::EnvironmentConfig config;
  for (const sim::SceneObjectKind kind : sim::AllObjectKinds()) {
    const sim::ObjectKind& descriptor = sim::DescriptorOf(kind);
    CAPTURE(descriptor.one);
    const sim::ClearanceRule& rule = descriptor.clearance;
    const bool costs = !descriptor.costs.empty();
    if (costs) CHECK(rule.when != sim::KeepsClear::kNever);
    if (rule.when == sim::KeepsClear::kNever) continue;
    CHECK(static_cast<bool>(descriptor.lidar.observed));  // what nobody sees cannot be avoided
    REQUIRE(static_cast<bool>(rule.reach_m));
    CHECK(rule.reach_m(config) >= descriptor.size_m(config));
    CHECK((costs || rule.when == sim::KeepsClear::kAlways));
    CHECK(rule.from_centre == !descriptor.is_solid);
  }
}

}  // namespace
}  // namespace lookout::agents
