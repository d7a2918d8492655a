#include "app/attacks/hard_worlds.h"

#include <doctest/doctest.h>

#include <array>

#include "agents/policies/scripted/scripted_policies.h"
#include "app/attacks/attack_finds.h"
#include "app/runs/policy_evaluation.h"
#include "app/runs/saved_policy.h"
#include "sim/config/config_file.h"
#include "tests/support/contains.h"

namespace lookout::app {
namespace {

constexpr std::array<std::uint32_t, 2> kSeeds{3, 4};

HardWorldSettings Small() {
  HardWorldSettings settings{.environment = *sim::ConfigForId("PointGoal1")};
  settings.environment.num_steps = 300;
  const auto gym = sim::SafetyGym::Create(settings.environment);
  settings.policy =
      *agents::MakeGoToGoalPolicy(settings.environment, (*gym)->spec(), /*careful=*/false);
  settings.search = {.generations = 5, .population = 12, .elite_share = 0.3};
  return settings;
}

}  // namespace

TEST_CASE("hard worlds: costs more than the layouts it began from, and plays again from its file") {
  const HardWorldSettings settings = Small();
  const auto found = FindHardWorlds(settings, {}, kSeeds);
  REQUIRE(found.ok());
  REQUIRE(found->size() == 2);
  for (const HardWorld& world : *found) {
    const auto ordinary =
        PlayEpisodes(*settings.policy, [&] { return MakeEnvironment(settings.environment, {}); },
                     {.episodes = 1, .seed = world.seed, .workers = 1});
    REQUIRE(ordinary.ok());
    CHECK(world.episode.costs.total > ordinary->front().costs.total);
    CHECK(world.clearance_m < 0.0);
    CHECK(world.candidates == 60);

    const auto config = sim::ParseConfigText(EnvironmentOf(world), "again");
    REQUIRE(config.ok());
    const auto again = PlayEpisodes(*settings.policy, [&] { return MakeEnvironment(*config, {}); },
                                    {.episodes = 1, .seed = world.seed, .workers = 1});
    REQUIRE(again.ok());
    CHECK(again->front().costs.total == world.episode.costs.total);
    CHECK(again->front().total_reward == world.episode.total_reward);
  }
}

TEST_CASE("hard worlds: the same for any number of workers") {
  HardWorldSettings settings = Small();
  settings.search.generations = 2;
  const auto one = FindHardWorlds(settings, {}, kSeeds);
  settings.workers = 3;
  const auto three = FindHardWorlds(settings, {}, kSeeds);
  REQUIRE(one.ok());
  REQUIRE(three.ok());
  for (std::size_t i = 0; i < one->size(); ++i) {
    CHECK((*one)[i].episode.costs.total == (*three)[i].episode.costs.total);
    CHECK(EnvironmentOf((*one)[i]) == EnvironmentOf((*three)[i]));
  }
}

TEST_CASE("hard worlds: an overseer that looks ahead is in between, and a wrong one is refused") {
  HardWorldSettings settings = Small();
  settings.search = {.generations = 2, .population = 6};
  const auto alone = FindHardWorlds(settings, {}, kSeeds);
  settings.overseer = "lookahead";
  const auto overseen = FindHardWorlds(settings, {}, kSeeds);
  REQUIRE(alone.ok());
  REQUIRE(overseen.ok());
  CHECK(alone->front().episode.costs.total > 0.0);
  CHECK(overseen->front().episode.costs.total == 0.0);
  CHECK(overseen->front().clearance_m >= 0.0);
  settings.overseer = "lookahed";
  const auto refused = FindHardWorlds(settings, {}, kSeeds);
  REQUIRE_FALSE(refused.ok());
  CHECK(Contains(refused.error().message, "lookahead"));
}

}  // namespace lookout::app
