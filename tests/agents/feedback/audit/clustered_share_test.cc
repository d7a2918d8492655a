#include "agents/feedback/audit/clustered_share.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

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

TEST_CASE("without any success an episode counts as one trial, and one alone tells nothing") {
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
