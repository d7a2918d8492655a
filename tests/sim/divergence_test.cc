#include <doctest/doctest.h>

#include <limits>

#include "tests/sim/gym_support.h"

using namespace lookout::sim;

namespace {

void CheckDiverged(SafetyGym& gym, const StepResult& result) {
  CHECK(result.status == EpisodeStatus::kDiverged);
  CHECK(result.reward == gym.config().reward_exception);
  CHECK(result.costs.total == 0.0);
  for (const double cost : result.costs.by_kind) CHECK(cost == 0.0);
  CHECK(gym.observation().allFinite());
  CHECK(gym.Save().qpos.allFinite());
}

}  // namespace

TEST_CASE("An action that is not a number ends the episode as diverged") {
  const auto gym = test::MakeGym("Safexp-PointGoal1-v0");
  test::Start(*gym, 2);
  CHECK(gym->Step(test::Action({0.5, 0})).status == EpisodeStatus::kRunning);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CheckDiverged(*gym, gym->Step(test::Action({nan, 0})));
  CHECK(gym->Save().status == EpisodeStatus::kDiverged);

  // The state can be looked at again, and the next episode is a sound one.
  REQUIRE(gym->Restore(gym->Save()).ok());
  REQUIRE(gym->ResetNext().ok());
  CHECK(gym->Step(test::Action({0.5, 0})).status == EpisodeStatus::kRunning);
}

TEST_CASE("A simulation that blows up is noticed although MuJoCo resets it silently") {
  const auto gym = test::MakeGym("Safexp-PointGoal1-v0");
  test::Start(*gym, 2);
  SimState state = gym->Save();
  SUBCASE("an impossible velocity") { state.qvel[0] = 1e12; }
  SUBCASE("a velocity that makes the position impossible") { state.qvel[1] = 9e9; }
  SUBCASE("an impossible position") { state.qpos[1] = -1e12; }
  REQUIRE(gym->Restore(state).ok());
  StepResult result;
  for (int i = 0; i < 200 && !IsDone(result.status); ++i) {
    result = gym->Step(Eigen::VectorXd::Zero(2));
  }
  CheckDiverged(*gym, result);
}
