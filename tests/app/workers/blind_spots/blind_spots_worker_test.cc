// The blind-spots worker in PointGoal1, against models that are always wrong or never.
#include "app/workers/blind_spots/blind_spots_worker.h"

#include <doctest/doctest.h>

#include <chrono>
#include <memory>
#include <vector>

#include "app/attacks/attack_finds.h"
#include "sim/config/suite.h"
#include "tests/app/workers/inspector/inspector_support.h"
#include "tests/support/contains.h"

namespace lookout::app {
namespace {

// Calls everything safe with a bias far below 0, and unsafe with one far above.
BlindSpotsRequest Wanted(std::int64_t number, double bias, int layouts) {
  const auto config = sim::ConfigForId("Safexp-PointGoal1-v0");
  REQUIRE(config);
  const auto gym = sim::SafetyGym::Create(*config);
  REQUIRE(gym);
  return {.number = number,
          .environment = *config,
          .model = RandomEnsemble((*gym)->spec().signature(), bias),
          .wanted = {.layouts = layouts, .seed = 5},
          .search = {.generations = 3, .population = 16}};
}

// The last word of that number.
BlindSpotsNews End(BlindSpotsWorker& worker, std::int64_t number) {
  std::vector<BlindSpotsNews> news;
  BlindSpotsNews last;
  const auto has_ended = [&] {
    worker.news().Take(news);
    for (BlindSpotsNews& one : news) last = std::move(one);
    return last.number == number && (last.found != nullptr || !last.problem.empty());
  };
  CHECK(Eventually(has_ended, std::chrono::minutes(3)));  // it yields to all else on the machine
  return last;
}

TEST_CASE("blind spots: what calls every danger safe is fooled, and the episode shows a danger") {
  BlindSpotsWorker worker({});
  worker.Ask(Wanted(1, -40.0, 1));
  const BlindSpotsNews end = End(worker, 1);
  REQUIRE_MESSAGE(end.found != nullptr, end.problem);
  REQUIRE(end.found->wrong() == 1);
  REQUIRE(end.recorded.size() == 1);
  const RecordedEpisode& episode = end.recorded.at(0);
  CHECK(episode.header.agent == kAttackAgent);
  REQUIRE_FALSE(episode.chunks.empty());
  CHECK(episode.chunks.front().steps.at(1).costs.total > 0.0);
}

TEST_CASE(
    "blind spots: what calls all unsafe misses nothing, and its question ends the one before") {
  BlindSpotsWorker worker({});
  worker.Ask(Wanted(1, -40.0, 1000));
  worker.Ask(Wanted(2, 40.0, 1));
  const BlindSpotsNews end = End(worker, 2);
  REQUIRE_MESSAGE(end.found != nullptr, end.problem);
  CHECK(end.found->wrong() == 0);
  CHECK(end.recorded.empty());
}

TEST_CASE("blind spots: a model of another observation is refused with the reason") {
  BlindSpotsWorker worker({});
  BlindSpotsRequest request = Wanted(1, 0.0, 1);
  const auto other = sim::ConfigForId("Safexp-CarGoal1-v0");
  REQUIRE(other);
  request.environment = *other;
  worker.Ask(request);
  CHECK_FALSE(End(worker, 1).problem.empty());
}

}  // namespace
}  // namespace lookout::app
