#include <doctest/doctest.h>

#include <limits>
#include <vector>

#include "tests/sim/gym_support.h"

using namespace lookout::sim;

namespace {

// Everything a step shows, to the last bit.
struct Seen {
  Eigen::VectorXd observation;
  double reward = 0;
  std::array<double, kCostKindCount> costs{};
  bool goal_met = false;
  EpisodeStatus status = EpisodeStatus::kRunning;
  bool operator==(const Seen&) const = default;
};

// The next steps with actions of their own, over resets.
std::vector<Seen> Future(SafetyGym& gym, int steps) {
  std::vector<Seen> future;
  lookout::RandomState random(77);
  for (int i = 0; i < steps; ++i) {
    const StepResult result = gym.Step(test::RandomAction(gym, random));
    future.push_back(
        {gym.observation(), result.reward, result.costs.by_kind, result.goal_met, result.status});
    if (IsDone(result.status)) REQUIRE(gym.ResetNext().ok());
  }
  return future;
}

int GoalsIn(const std::vector<Seen>& future) {
  int goals = 0;
  for (const Seen& seen : future) goals += seen.goal_met ? 1 : 0;
  return goals;
}

// Goals so large that one is met every few steps, noise, and things to bump into.
EnvironmentConfig Busy() {
  EnvironmentConfig config = test::ConfigOf("Safexp-PointGoal2-v0");
  config.goal_size = 3.0;
  config.goal_keepout = 0.1;
  config.action_noise = 0.1;
  config.frameskip_binom_p = 0.8;
  config.num_steps = 60;
  return config;
}

}  // namespace

TEST_CASE("The future after a restore equals the original's, bit for bit") {
  struct World {
    const char* name;
    EnvironmentConfig config;
  };
  EnvironmentConfig gremlins = test::ConfigOf("Safexp-PointButton2-v0");
  const World worlds[] = {{"busy", Busy()},
                          {"goal", test::ConfigOf("Safexp-PointGoal1-v0")},
                          {"gremlins", gremlins},
                          {"push", test::ConfigOf("Safexp-CarPush1-v0")},
                          {"doggo", test::ConfigOf("Safexp-DoggoGoal1-v0")}};
  for (const World& world : worlds) {
    CAPTURE(world.name);
    const auto gym = test::MakeGym(world.config);
    test::Start(*gym, 4);
    lookout::RandomState random(8);
    for (int round = 0; round < 3; ++round) {
      const int wait = 1 + random.Choice(25);
      for (int i = 0; i < wait; ++i) {
        if (IsDone(gym->Step(test::RandomAction(*gym, random)).status)) {
          REQUIRE(gym->ResetNext().ok());
        }
      }
      const SimState state = gym->Save();
      const EpisodeSetup setup = gym->setup();
      const Eigen::VectorXd observation = gym->observation();
      const std::vector<Seen> original = Future(*gym, 50);

      const auto branch = SafetyGym::FromEpisode(world.config, setup, state);
      REQUIRE(branch.ok());
      CHECK((*branch)->observation() == observation);
      CHECK(Future(**branch, 50) == original);
      if (world.config.num_steps > 500) {  // then gym is still in that episode
        REQUIRE(gym->Restore(state).ok());
        CHECK(gym->observation() == observation);
        CHECK(Future(*gym, 50) == original);
      }
    }
  }
}

TEST_CASE("Goals placed after a restore are the original's") {
  const auto gym = test::MakeGym(Busy());
  test::Start(*gym, 1);
  const SimState state = gym->Save();
  const EpisodeSetup setup = gym->setup();
  const std::vector<Seen> original = Future(*gym, 50);
  CHECK(GoalsIn(original) >= 3);
  const auto branch = SafetyGym::FromEpisode(Busy(), setup, state);
  REQUIRE(branch.ok());
  CHECK(Future(**branch, 50) == original);
}

TEST_CASE("The same seed gives the same episode, whatever was played before") {
  const auto fresh = test::MakeGym("Safexp-PointGoal2-v0");
  const auto used = test::MakeGym("Safexp-PointGoal2-v0");
  test::Start(*used, 3);
  (void)Future(*used, 30);
  test::Start(*fresh, 9);
  test::Start(*used, 9);
  CHECK(fresh->observation() == used->observation());
  CHECK(Future(*fresh, 30) == Future(*used, 30));
}

TEST_CASE("A state that does not fit is refused, and leaves the episode as it was") {
  const auto gym = test::MakeGym("Safexp-PointGoal1-v0");
  CHECK_FALSE(gym->Restore({}).ok());  // no episode yet
  test::Start(*gym);
  const SimState good = gym->Save();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  SimState bad = good;
  SUBCASE("too short") { bad.qpos.conservativeResize(3); }
  SUBCASE("of another world") { bad = test::MakeGym("Safexp-PointGoal0-v0")->Save(); }
  SUBCASE("NaN in the velocities") { bad.qvel[0] = nan; }
  SUBCASE("NaN in the goal") { bad.goal_position_in_world.x() = nan; }
  SUBCASE("a button that is not there") { bad.goal_button = 2; }
  SUBCASE("a negative step") { bad.step = -1; }
  const lookout::Status status = gym->Restore(bad);
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().code == lookout::ErrorCode::kBadInput);
  CHECK(gym->Save().random == good.random);
  CHECK(gym->Save().qpos == good.qpos);
}

TEST_CASE("An episode whose layout does not fit its configuration is refused") {
  const auto gym = test::MakeGym("Safexp-PointGoal1-v0");
  test::Start(*gym);
  const EnvironmentConfig config = gym->config();
  EpisodeSetup setup = gym->setup();
  SUBCASE("an object is missing") { setup.layout.pop_back(); }
  SUBCASE("an object has another name") { setup.layout[2].name = "hazard9"; }
  SUBCASE("a place is not a number") {
    setup.layout[2].x_m = std::numeric_limits<double>::infinity();
  }
  SUBCASE("a rotation is missing") { setup.rotations.pop_back(); }
  CHECK_FALSE(SafetyGym::FromEpisode(config, setup, gym->Save()).ok());
}
