// The hard-worlds worker in a short PointGoal1, against a script that drives straight on.
#include "app/workers/hard_worlds/hard_worlds_worker.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <vector>

#include "agents/policies/scripted/scripted_policies.h"
#include "app/runs/policy_evaluation.h"
#include "app/runs/saved_policy.h"
#include "sim/config/config_file.h"
#include "sim/engine/safety_gym.h"
#include "tests/app/workers/worker_support.h"
#include "tests/support/contains.h"

namespace lookout::app {
namespace {

HardWorldsRequest Attacked(std::int64_t number, int layouts) {
  auto config = *sim::ConfigForId("PointGoal1");
  config.num_steps = 200;
  const auto gym = sim::SafetyGym::Create(config);
  REQUIRE(gym.ok());
  return {.number = number,
          .environment = config,
          .policy = *agents::MakeGoToGoalPolicy(config, (*gym)->spec(), /*careful=*/false),
          .agent = "Script",
          .overseer = {},
          .overseer_name = {},
          .wanted = {.layouts = layouts, .seed = 3, .generations = 3, .population = 8},
          .ordinary = 4};
}

// All that was told up to the last word of that number.
std::vector<HardWorldsNews> Told(HardWorldsWorker& worker, std::int64_t number) {
  std::vector<HardWorldsNews> news, told;
  const auto has_ended = [&] {
    worker.news().Take(news);
    std::ranges::move(news, std::back_inserter(told));
    return !told.empty() && told.back().number == number &&
           (told.back().found != nullptr || !told.back().problem.empty());
  };
  REQUIRE(Eventually(has_ended, std::chrono::minutes(3)));  // it yields to all else on the machine
  return told;
}

// What each step of an episode costs.
std::vector<double> CostsOf(const RecordedEpisode& episode) {
  std::vector<double> costs;
  for (const sim::RecordingChunk& chunk : episode.chunks) {
    for (const sim::StepRecord& step : chunk.steps) costs.push_back(step.costs.total);
  }
  return costs;
}

TEST_CASE("hard worlds: what is told of a world is what its file and its episode come to") {
  HardWorldsWorker worker({});
  const HardWorldsRequest request = Attacked(1, 2);
  worker.Ask(request);
  const std::vector<HardWorldsNews> told = Told(worker, 1);
  CHECK(told.size() > 5);  // and how far it had come
  CHECK(std::ranges::is_sorted(told.begin(), told.end() - 1, {}, &HardWorldsNews::fraction));
  const HardWorldsNews& end = told.back();
  REQUIRE_MESSAGE(end.found != nullptr, end.problem);
  CHECK(end.found->agent == "Script");
  CHECK(end.found->environment == "PointGoal1");
  CHECK(end.found->ordinary == 4);
  CHECK(end.found->candidates == 24);
  REQUIRE(end.found->worlds.size() == 2);
  CHECK(end.found->with_cost() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    const ui::HardWorldRow& row = end.found->worlds[i];
    const auto world = sim::ParseConfigText(end.environments[i], "again");
    REQUIRE(world.ok());
    const auto again = PlayEpisodes(*request.policy, [&] { return MakeEnvironment(*world, {}); },
                                    {.episodes = 1, .seed = row.seed, .workers = 1});
    REQUIRE(again.ok());
    CHECK(again->front().costs.total == row.cost);
    CHECK(again->front().total_reward == row.episode_return);
    const RecordedEpisode& episode = end.recorded.at(i);
    const std::vector<double> costs = CostsOf(episode);
    CHECK(std::accumulate(costs.begin(), costs.end(), 0.0) == row.cost);
    CHECK(episode.header.seed == row.seed);
    CHECK(episode.header.agent == "Script, attacked");
    // Nothing costs anything before the step that is shown.
    const auto first = std::ranges::find_if(costs, [](double cost) { return cost > 0.0; });
    CHECK(end.steps[i] == first - costs.begin());
  }
}

TEST_CASE("hard worlds: a search is ended within an episode, by another one or by nobody's wish") {
  HardWorldsWorker worker({});
  worker.Ask(Attacked(1, 1000));
  worker.Ask(Attacked(2, 1));
  CHECK(Told(worker, 2).back().found != nullptr);
  worker.Ask(Attacked(3, 1000));
  worker.Abandon(4);
  worker.Ask(Attacked(5, 1));
  const std::vector<HardWorldsNews> told = Told(worker, 5);
  CHECK(std::ranges::none_of(told, [](const HardWorldsNews& news) {
    return news.number == 3 && (news.found != nullptr || !news.problem.empty());
  }));
}

TEST_CASE("hard worlds: the look-ahead takes part, and what cannot oversee is told") {
  HardWorldsWorker worker({});
  HardWorldsRequest request = Attacked(1, 1);
  request.overseer = "lookahead";
  request.overseer_name = "Look-ahead";
  request.wanted.generations = 1;
  request.wanted.population = 4;
  worker.Ask(request);
  const HardWorldsNews end = Told(worker, 1).back();
  REQUIRE_MESSAGE(end.found != nullptr, end.problem);
  CHECK(end.found->overseer == "Look-ahead");
  REQUIRE(end.found->worlds.size() == 1);
  CHECK(end.found->worlds[0].cost == 0.0);
  CHECK(end.found->worlds[0].clearance_m >= 0.0);
  request.number = 2;
  request.overseer = "lookahed";
  worker.Ask(request);
  CHECK(Contains(Told(worker, 2).back().problem, "lookahead"));
}

}  // namespace
}  // namespace lookout::app
