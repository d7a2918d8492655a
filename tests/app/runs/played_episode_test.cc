#include "app/runs/played_episode.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace lookout::app {
namespace {

TEST_CASE("mean and standard deviation of a sample") {
  const Spread spread = SpreadOf(std::vector<double>{2, 4, 4, 4, 5, 5, 7, 9});
  CHECK(spread.mean == doctest::Approx(5.0));
  CHECK(spread.deviation == doctest::Approx(std::sqrt(32.0 / 7.0)));
  CHECK(SpreadOf(std::vector<double>{3.0}).deviation == 0.0);
  CHECK(std::isnan(SpreadOf({}).mean));
}

TEST_CASE("sixty episodes of a thousand steps have no spread at all") {
  const Spread spread = SpreadOf(std::vector<double>(60, 1000.0));
  CHECK(spread.mean == 1000.0);
  CHECK(spread.deviation == 0.0);
}

TEST_CASE("an episode adds up its steps") {
  PlayedEpisode episode;
  sim::StepResult step{.reward = 0.5, .goal_met = true};
  step.costs.by_kind[std::size_t(sim::CostKind::kHazards)] = 1.0;
  step.costs.total = 1.0;
  episode.Add(step);
  step.goal_met = false;
  step.status = sim::EpisodeStatus::kTimedOut;
  episode.Add(step);
  CHECK(episode.steps == 2);
  CHECK(episode.goals_met == 1);
  CHECK(episode.total_reward == 1.0);
  CHECK(episode.costs[sim::CostKind::kHazards] == 2.0);
  CHECK(episode.costs.total == 2.0);
  CHECK(episode.status == sim::EpisodeStatus::kTimedOut);
}

}  // namespace
}  // namespace lookout::app
