#include "agents/overseer/exact_interval.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

using doctest::Approx;

TEST_CASE("a rate has Garwood's interval, also where nothing happened") {
  const ExactInterval none = RateOf(0, 2.0);
  CHECK(none.value == 0.0);
  CHECK(none.low == 0.0);
  CHECK(none.high == Approx(3.6889 / 2.0).epsilon(1e-4));
  const ExactInterval ten = RateOf(10, 1.0);  // as tables of the Poisson distribution have it
  CHECK(ten.low == Approx(4.7954).epsilon(1e-4));
  CHECK(ten.high == Approx(18.3904).epsilon(1e-4));
  CHECK(std::isnan(RateOf(0, 0.0).value));
}

TEST_CASE("a share has Clopper and Pearson's interval, and none of 3,000 is below a thousandth") {
  const ExactInterval share = ShareOf(5, 20);
  CHECK(share.value == 0.25);
  CHECK(share.low == Approx(0.08657).epsilon(1e-4));
  CHECK(share.high == Approx(0.49105).epsilon(1e-4));
  CHECK(ShareOf(0, 10).low == 0.0);
  CHECK(ShareOf(10, 10).high == 1.0);
  CHECK(ShareOf(10, 10).low == Approx(std::pow(0.025, 0.1)));
  CHECK(std::isnan(ShareOf(0, 0).value));
  CHECK(MostShareOf(0, 3000, 0.95) == Approx(1.0 - std::pow(0.05, 1.0 / 3000.0)));
  CHECK(MostShareOf(0, 3000, 0.95) < 0.001);
}

TEST_CASE("the incomplete beta function is that of the binomial distribution") {
  CHECK(BetaProbability(2.0, 3.0, 0.5) == Approx(0.6875));  // at least 2 heads of 4
  CHECK(BetaProbability(1.0, 1.0, 0.3) == Approx(0.3));
  CHECK(BetaProbability(30.0, 70.0, 0.3) == Approx(1.0 - BetaProbability(70.0, 30.0, 0.7)));
  CHECK(BetaProbability(3.0, 4.0, 0.0) == 0.0);
  CHECK(BetaProbability(3.0, 4.0, 1.0) == 1.0);
}

TEST_CASE("trials of independent episodes are worth as much as they vary") {
  RandomState random(5);
  constexpr int kTrials = 1500;
  int held = 0;
  int held_if_independent = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    std::vector<EpisodeTrials> episodes(20);
    EpisodeTrials all;
    for (EpisodeTrials& episode : episodes) {
      const double chance = random.RandomSample() < 0.3 ? 0.25 : 0.05;
      episode.trials = 50;
      for (int i = 0; i < 50; ++i) episode.successes += random.RandomSample() < chance ? 1 : 0;
      all.successes += episode.successes;
      all.trials += episode.trials;
    }
    const auto holds = [](const ExactInterval& share) {
      return share.low <= 0.11 && 0.11 <= share.high ? 1 : 0;
    };
    held += holds(ClusteredShareOf(episodes));
    held_if_independent += holds(ShareOf(all.successes, all.trials));
  }
  CHECK(double(held) / kTrials > 0.92);
  CHECK(double(held_if_independent) / kTrials < 0.8);
}

TEST_CASE("episodes that show no variation count as one trial each, and one alone tells nothing") {
  const std::vector<EpisodeTrials> none(30, EpisodeTrials{0, 1000});
  CHECK(ClusteredShareOf(none).low == 0.0);
  CHECK(ClusteredShareOf(none).high == doctest::Approx(ShareOf(0, 30).high));
  const ExactInterval alone = ClusteredShareOf(std::vector<EpisodeTrials>{{10, 100}});
  CHECK(alone.value == doctest::Approx(0.1));
  CHECK(alone.low == 0.0);
  CHECK(alone.high == 1.0);
  CHECK(std::isnan(ClusteredShareOf({}).value));
}

}  // namespace
}  // namespace lookout::agents
