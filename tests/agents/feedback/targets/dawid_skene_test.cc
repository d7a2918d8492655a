#include "agents/feedback/targets/dawid_skene.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

namespace lookout::agents {
namespace {

using doctest::Approx;

// How often each combination of three votes comes, of so many steps.
std::vector<VotePattern> ExpectedPatterns(double share, const std::array<double, 3>& hits,
                                          const std::array<double, 3>& false_alarms, double steps) {
  std::vector<VotePattern> patterns;
  for (unsigned bits = 0; bits < 8; ++bits) {
    double if_unsafe = share;
    double if_safe = 1.0 - share;
    VotePattern pattern;
    for (std::size_t i = 0; i < 3; ++i) {
      const bool said = ((bits >> i) & 1U) != 0;
      pattern.votes.push_back(said ? kUnsafeVote : kSafeVote);
      if_unsafe *= said ? hits[i] : 1.0 - hits[i];
      if_safe *= said ? false_alarms[i] : 1.0 - false_alarms[i];
    }
    pattern.steps = std::llround(steps * (if_unsafe + if_safe));
    patterns.push_back(std::move(pattern));
  }
  return patterns;
}

TEST_CASE("the rates of three annotators come out of what they say alone") {
  constexpr std::array kHits{0.9, 0.8, 0.6};
  constexpr std::array kFalseAlarms{0.05, 0.1, 0.3};
  const DawidSkene model = FitDawidSkene(ExpectedPatterns(0.2, kHits, kFalseAlarms, 1e6), 3);
  CHECK(model.unsafe_share == Approx(0.2).epsilon(0.01));
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(model.hit_rates[i] == Approx(kHits[i]).epsilon(0.01));
    CHECK(model.false_alarm_rates[i] == Approx(kFalseAlarms[i]).epsilon(0.01));
  }
  // The good one against the two others: the odds of .2, .9 / .05, .2 / .9 and .4 / .7.
  const std::array votes{kUnsafeVote, kSafeVote, kSafeVote};
  const double odds = 0.25 * (0.9 / 0.05) * (0.2 / 0.9) * (0.4 / 0.7);
  CHECK(model.UnsafeProbability(votes) == Approx(odds / (1.0 + odds)).epsilon(0.02));
}

TEST_CASE("who says nothing changes nothing") {
  const DawidSkene model{
      .unsafe_share = 0.5, .hit_rates = {0.8, 0.6}, .false_alarm_rates = {0.1, 0.5}};
  const std::array unsafe{kUnsafeVote, kNoVote};
  const std::array safe{kSafeVote, kNoVote};
  CHECK(model.UnsafeProbability(unsafe) == Approx(0.8 / 0.9));
  CHECK(model.UnsafeProbability(safe) == Approx(0.2 / 1.1));
}

TEST_CASE("a few steps in common hardly move the rates from the prior") {
  const std::vector<VotePattern> few{{{kUnsafeVote, kSafeVote}, 2},
                                     {{kUnsafeVote, kUnsafeVote}, 1}};
  const DawidSkene model = FitDawidSkene(few, 2);
  for (const double rate : model.hit_rates) CHECK(rate == Approx(0.8).epsilon(0.05));
  for (const double rate : model.false_alarm_rates) CHECK(rate == Approx(0.2).epsilon(0.15));
}

TEST_CASE("somebody who always says unsafe is worth nothing, and nobody becomes their opposite") {
  const std::vector<VotePattern> patterns{{{kUnsafeVote, kUnsafeVote, kUnsafeVote}, 1000},
                                          {{kSafeVote, kSafeVote, kUnsafeVote}, 4000}};
  const DawidSkene model = FitDawidSkene(patterns, 3);
  CHECK(model.unsafe_share == Approx(0.2).epsilon(0.02));
  CHECK(model.hit_rates[0] > 0.95);
  CHECK(model.false_alarm_rates[0] < 0.05);
  CHECK(model.false_alarm_rates[2] > 0.95);
}

}  // namespace
}  // namespace lookout::agents
