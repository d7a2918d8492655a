#include "agents/overseer/blocker/blocker_threshold.h"

#include <doctest/doctest.h>

#include <algorithm>
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

// Blocked rows of the scores 1/(n+1) ... n/(n+1), each in an episode of its own, and a passed one
// of 0.
Rows Evenly(int n) {
  Rows rows;
  rows.Add(0.0F, false);
  for (int i = 1; i <= n; ++i) rows.Add(float(i) / float(n + 1), true, i);
  return rows;
}

// Episodes of any kind that differ in how hard their dangers are to see, with 1 to 6 runs that are
// nearly alike; the plainer a danger, the longer it is blocked.
Rows Clustered(int episodes, RandomState& random) {
  Rows rows;
  for (int episode = 0; episode < episodes; ++episode) {
    const double plain = random.RandomSample();
    const int runs = 1 + random.Choice(6);
    for (int run = 0; run < runs; ++run) {
      const int steps = 1 + static_cast<int>(10.0 * plain);
      const double first = plain + random.Uniform(-0.02, 0.02);
      for (int step = 0; step < steps; ++step) rows.Add(float(first), true, episode);
      rows.Add(0.0F, false, episode);
    }
  }
  return rows;
}

// Of the runs of rows of one episode, the share that begins below the threshold.
double StartsBelow(const Rows& rows, float threshold) {
  const BlockerConsequences at = ConsequencesAt(rows.view(), double(threshold));
  return at.missed_start_share().value;
}

// The floor(alpha (n + 1))-th smallest score, as if steps were all there is.
float StepwiseThreshold(const Rows& rows, double alpha) {
  std::vector<float> scores;
  for (std::size_t i = 0; i < rows.scores.size(); ++i) {
    if (rows.blocked[i] != 0) scores.push_back(rows.scores[i]);
  }
  std::ranges::sort(scores);
  return scores[static_cast<std::size_t>(alpha * double(scores.size() + 1)) - 1];
}

TEST_CASE("of one block in each episode the threshold is the floor(alpha (n + 1))-th smallest") {
  CHECK(*ConformalThreshold(Evenly(99).view(), 0.05) == doctest::Approx(0.05));
  CHECK(*ConformalThreshold(Evenly(99).view(), 0.02) == doctest::Approx(0.02));
}

TEST_CASE("49 episodes are enough for 2 percent, and 48 are refused with how many are lacking") {
  CHECK(ConformalThreshold(Evenly(49).view(), 0.02).ok());
  const auto refused = ConformalThreshold(Evenly(40).view(), 0.02);
  REQUIRE_FALSE(refused.ok());
  CHECK(Contains(refused.error().message, "takes 49 episodes"));
  CHECK(Contains(refused.error().message, "there are 40 with 40 runs"));
  CHECK(Contains(refused.error().message, "9 more are needed"));
  CHECK_FALSE(ConformalThreshold(Evenly(48).view(), 0.02).ok());
}

TEST_CASE("neither the steps of a run nor the runs of an episode make up for episodes") {
  Rows rows;
  for (int i = 0; i < 400; ++i) rows.Add(0.5F, i % 4 != 0, i / 100);
  CHECK(CountRuns(rows.view()).runs == 100);
  CHECK(CountRuns(rows.view()).episodes == 4);
  CHECK_FALSE(ConformalThreshold(rows.view(), 0.1).ok());
  CHECK(ConformalThreshold(rows.view(), 0.2).ok());
}

TEST_CASE("of a run its first step counts, and an episode of many runs no more than another") {
  Rows rows;
  for (int episode = 0; episode < 19; ++episode) {
    rows.Add(0.5F + 0.01F * float(episode), true, episode);
    rows.Add(0.1F, true, episode);  // later in the run
  }
  CHECK(*ConformalThreshold(rows.view(), 0.1) == doctest::Approx(0.51));
  for (int run = 0; run < 50; ++run) {
    rows.Add(0.0F, false, 19);
    rows.Add(0.2F, true, 19);
  }
  // Of 20 episodes a weight of 2.1 - 1 is free, and those fifty runs take 1 of it.
  CHECK(*ConformalThreshold(rows.view(), 0.1) == doctest::Approx(0.5));
}

TEST_CASE(
    "in new episodes alpha of the runs at most begin with a miss, where steps promise too much") {
  RandomState random(3);
  constexpr double kAlpha = 0.1;
  constexpr int kTrials = 3000;
  double missed = 0.0;
  double missed_stepwise = 0.0;
  for (int trial = 0; trial < kTrials; ++trial) {
    const Rows kept = Clustered(15, random);
    const Rows fresh = Clustered(1, random);
    missed += StartsBelow(fresh, *ConformalThreshold(kept.view(), kAlpha)) / kTrials;
    missed_stepwise += StartsBelow(fresh, StepwiseThreshold(kept, kAlpha)) / kTrials;
  }
  CHECK(missed < kAlpha + 0.015);  // three standard errors
  CHECK(missed > 0.04);            // and not for blocking everything
  CHECK(missed_stepwise > 2.0 * kAlpha);
}

TEST_CASE("the interval of false blocks is over episodes") {
  Rows alike;
  Rows apart;
  for (int i = 0; i < 2000; ++i) {
    alike.Add(i % 10 == 0 ? 0.9F : 0.1F, false, i / 100);
    apart.Add(i / 100 < 2 ? 0.9F : 0.1F, false, i / 100);
  }
  const ExactInterval narrow = ConsequencesAt(alike.view(), 0.5).false_block_share();
  const ExactInterval wide = ConsequencesAt(apart.view(), 0.5).false_block_share();
  CHECK(narrow.value == doctest::Approx(0.1));
  CHECK(wide.value == doctest::Approx(0.1));
  CHECK(narrow.high < 0.12);
  CHECK(wide.high > 0.3);
  CHECK(ConsequencesAt(apart.view(), 0.5).episodes == 20);
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
  CHECK(at.missed_starts == 2);
  CHECK(at.missed_runs == 1);
  CHECK(at.episodes == 2);
  CHECK(at.miss_share() == doctest::Approx(0.6));
  CHECK(at.missed_start_share().value == doctest::Approx(2.0 / 3.0));
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
