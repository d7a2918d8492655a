#include "agents/overseer/blocker/blocker_threshold.h"

#include <doctest/doctest.h>

#include <vector>

#include "sim/base/random_state.h"
#include "tests/support/contains.h"

namespace lookout::agents {
namespace {

struct Rows {
  std::vector<float> scores;
  std::vector<std::uint8_t> blocked;
  std::vector<std::int64_t> episode;
  void Add(float score, bool is_blocked, std::int64_t of = 0) {
    scores.push_back(score);
    blocked.push_back(is_blocked ? 1 : 0);
    episode.push_back(of);
  }
  ScoredRows view() const { return {scores, blocked, episode}; }
};

// Blocked rows of the scores 1/(n+1) ... n/(n+1), and a passed one of 0.
Rows Evenly(int n) {
  Rows rows;
  rows.Add(0.0F, false);
  for (int i = 1; i <= n; ++i) rows.Add(float(i) / float(n + 1), true);
  return rows;
}

TEST_CASE("the conformal threshold is the floor(alpha (n + 1))-th smallest score") {
  CHECK(*ConformalThreshold(Evenly(99).view(), 0.05) == doctest::Approx(0.05));
  CHECK(*ConformalThreshold(Evenly(99).view(), 0.02) == doctest::Approx(0.02));
}

TEST_CASE("49 blocks are enough for 2 percent, and 48 are refused with what is lacking") {
  CHECK(ConformalThreshold(Evenly(49).view(), 0.02).ok());
  const auto refused = ConformalThreshold(Evenly(48).view(), 0.02);
  REQUIRE_FALSE(refused.ok());
  CHECK(Contains(refused.error().message, "takes 49 blocks"));
  CHECK(Contains(refused.error().message, "there are 48"));
}

TEST_CASE("on new rows of the same kind the conformal threshold misses alpha at most") {
  RandomState random(3);
  int missed = 0;
  constexpr int kTrials = 4000;
  for (int trial = 0; trial < kTrials; ++trial) {
    Rows rows;
    for (int i = 0; i < 30; ++i) rows.Add(float(random.RandomSample()), true);
    const float threshold = *ConformalThreshold(rows.view(), 0.1);
    missed += random.RandomSample() < double(threshold) ? 1 : 0;
  }
  CHECK(double(missed) / kTrials < 0.115);
  CHECK(double(missed) / kTrials > 0.07);  // 3 of 31
}

TEST_CASE("the lowest score misses nothing that was held out, one odd mark included") {
  Rows rows = Evenly(20);
  rows.Add(0.001F, true);
  const float threshold = *LowestThreshold(rows.view());
  CHECK(threshold == 0.001F);
  CHECK(ConsequencesAt(rows.view(), double(threshold)).misses == 0);
  CHECK_FALSE(LowestThreshold(Rows().view()).ok());
}

TEST_CASE("consequences count blocks, misses, false blocks and whole runs") {
  Rows rows;
  rows.Add(0.9F, true, 1);  // a run of which one step is missed
  rows.Add(0.1F, true, 1);
  rows.Add(0.6F, false, 1);  // a false block
  rows.Add(0.2F, true, 1);   // a run that is missed
  rows.Add(0.1F, true, 2);   // and one that begins with the next episode
  rows.Add(0.8F, true, 2);
  rows.Add(0.1F, false, 2);
  const BlockerConsequences at = ConsequencesAt(rows.view(), 0.5);
  CHECK(at.rows == 7);
  CHECK(at.overseer_blocks == 5);
  CHECK(at.blocks == 3);
  CHECK(at.misses == 3);
  CHECK(at.false_blocks == 1);
  CHECK(at.runs == 3);
  CHECK(at.missed_runs == 1);
  CHECK(at.miss_share().value == doctest::Approx(0.6));
  CHECK(at.false_block_share().value == doctest::Approx(0.5));
}

TEST_CASE("a table over a range misses more and blocks less from row to row") {
  Rows rows = Evenly(200);
  for (int i = 0; i < 100; ++i) rows.Add(0.004F * float(i), false);
  const auto table = ConsequencesOverRange(rows.view());
  REQUIRE(table.size() == 8);
  CHECK(table.front().misses == 0);
  for (std::size_t i = 1; i < table.size(); ++i) {
    CHECK(table[i].threshold > table[i - 1].threshold);
    CHECK(table[i].misses > table[i - 1].misses);
    CHECK(table[i].false_blocks <= table[i - 1].false_blocks);
  }
}

}  // namespace
}  // namespace lookout::agents
