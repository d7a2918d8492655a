// The two ways of stepping are one physics: what the fast one leaves out changes no bit.
#include "sim/engine/stepping.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "tests/sim/gym_support.h"
#include "tests/support/allocation_counter.h"

using namespace lookout::sim;

namespace {

std::unique_ptr<SafetyGym> Make(const EnvironmentConfig& config, Stepping stepping) {
  auto gym = CreateGym(config, stepping);
  REQUIRE(gym.ok());
  return std::move(*gym);
}

// Every robot with every task, with all there is to bump into.
std::vector<EnvironmentConfig> EnvironmentFactory() {
  std::vector<EnvironmentConfig> worlds;
  for (const std::string& id : EnvironmentIds()) {
    if (id.ends_with("2-v0") || id.ends_with("Run-v0") || id.ends_with("Circle-v0")) {
      worlds.push_back(test::ConfigOf(id));
    }
  }
  return worlds;
}

bool AreSameBits(const StepResult& a, const StepResult& b) {
  return a.reward == b.reward && a.costs.by_kind == b.costs.by_kind && a.goal_met == b.goal_met &&
         a.status == b.status;
}

}  // namespace

TEST_CASE("Stepping fast and exactly give the same bits, whatever the robot and task") {
  for (EnvironmentConfig& config : EnvironmentFactory()) {
    CAPTURE(config.id);
    config.num_steps = 60;
    config.goal_size = 1.2;  // so that some are met
    config.goal_keepout = 0.4;
    const auto fast = Make(config, Stepping::kFast);
    const auto exact = Make(config, Stepping::kExact);
    test::Start(*fast, 5);
    test::Start(*exact, 5);
    CHECK(fast->observation() == exact->observation());
    lookout::RandomState random(3);
    for (int i = 0; i < 90; ++i) {
      const Eigen::VectorXd action = test::RandomAction(*fast, random);
      const StepResult result = fast->Step(action);
      REQUIRE(AreSameBits(result, exact->Step(action)));
      REQUIRE(fast->observation() == exact->observation());
      REQUIRE(fast->Save().qacc_warmstart == exact->Save().qacc_warmstart);
      if (!IsDone(result.status)) continue;
      REQUIRE(fast->ResetNext().ok());
      REQUIRE(exact->ResetNext().ok());
    }
  }
}

TEST_CASE("A state goes from one stepping to the other and back, at random moments") {
  for (const EnvironmentConfig& config : EnvironmentFactory()) {
    CAPTURE(config.id);
    const auto fast = Make(config, Stepping::kFast);
    const auto exact = Make(config, Stepping::kExact);
    test::Start(*fast, 7);
    test::Start(*exact, 7);
    lookout::RandomState random(2);
    for (int round = 0; round < 4; ++round) {
      const int wait = 1 + random.Choice(12);
      for (int i = 0; i < wait; ++i) fast->Step(test::RandomAction(*fast, random));
      const SimState state = fast->Save();
      const auto branch = SafetyGym::FromEpisode(config, fast->setup(), state);
      REQUIRE(branch.ok());
      REQUIRE(exact->Restore(state).ok());
      for (int i = 0; i < 8; ++i) {
        const Eigen::VectorXd action = test::RandomAction(*fast, random);
        const StepResult result = fast->Step(action);
        REQUIRE(AreSameBits(result, exact->Step(action)));
        REQUIRE(AreSameBits(result, (*branch)->Step(action)));
        REQUIRE(fast->observation() == exact->observation());
        REQUIRE(fast->observation() == (*branch)->observation());
      }
      REQUIRE(fast->Restore(exact->Save()).ok());
    }
  }
}

TEST_CASE("A warm step allocates nothing, whatever the robot, the task and the stepping") {
  if (!lookout::test::CountsAllocations()) {
    MESSAGE("skipped: the sanitizer brings its own malloc");
    return;
  }
  for (const EnvironmentConfig& config : EnvironmentFactory()) {
    for (const Stepping stepping : {Stepping::kFast, Stepping::kExact}) {
      CAPTURE(config.id);
      const auto gym = Make(config, stepping);
      test::Start(*gym);
      lookout::RandomState random(1);
      const Eigen::VectorXd action = test::RandomAction(*gym, random);
      SimState state = gym->Save();
      gym->Step(action);
      CHECK(lookout::test::AllocationsIn([&] {
              for (int i = 0; i < 20; ++i) {
                gym->Step(action);
                gym->Save(state);
              }
            }) == 0);
    }
  }
}

TEST_CASE("An action that is not a number ends the episode alike in both") {
  const EnvironmentConfig config = test::ConfigOf("Safexp-CarButton1-v0");
  const auto fast = Make(config, Stepping::kFast);
  const auto exact = Make(config, Stepping::kExact);
  test::Start(*fast);
  test::Start(*exact);
  const Eigen::VectorXd action = test::Action({std::nan(""), 0.5});
  CHECK(fast->Step(action).status == EpisodeStatus::kDiverged);
  CHECK(exact->Step(action).status == EpisodeStatus::kDiverged);
  CHECK(fast->observation() == exact->observation());
}
