#include "agents/feedback/evaluation/cost_errors.h"

#include <doctest/doctest.h>

#include <cmath>

#include "agents/feedback/models/unsafe_threshold.h"
#include "tests/agents/feedback/evaluation/evaluation_samples_support.h"

namespace lookout::agents {
namespace {

using doctest::Approx;
using test::kHazard;
using test::kVase;

TEST_CASE("the worst errors come first, each with its episode, step, prediction and kind") {
  const auto errors = WorstErrors(test::TwoEpisodes(), 0, kUnsafeFrom, 10);
  REQUIRE(errors.size() == 3);
  CHECK(errors[0].is_miss);  // off by 0.75, as the next one, which comes later
  CHECK(errors[0].episode == 0);
  CHECK(errors[0].worst_step == 2);
  CHECK(errors[0].predicted.probability == 0.25F);
  CHECK(errors[0].charged[kHazard]);
  CHECK(errors[0].off_by == Approx(0.75));
  CHECK_FALSE(errors[1].is_miss);
  CHECK(errors[1].episode == 1);
  CHECK(errors[1].worst_step == 4);
  CHECK(errors[1].charged.none());
  CHECK_FALSE(errors[1].truth.nearest.has_value());
  CHECK(errors[2].worst_step == 3);
  CHECK(errors[2].truth.nearest == kVase);

  const auto one = WorstErrors(test::TwoEpisodes(), 0, kUnsafeFrom, 1);
  REQUIRE(one.size() == 1);
  CHECK(one[0].worst_step == 2);
}

TEST_CASE("steps in a row that are wrong in the same way are one error") {
  // Two misses of different kinds, then two false alarms at once, a right step, one more miss.
  const std::vector<ScoredEpisode> episodes{
      {.id = {},
       .truth = {test::Charged(kHazard), test::Charged(kVase), test::Safe(), test::Safe(),
                 test::Safe(), test::Charged(kVase)},
       .predicted = {test::Predictions({0.25F, 0.125F, 0.5F, 0.75F, 0.25F, 0.375F}, 0.0F)}}};
  const auto errors = WorstErrors(episodes, 0, kUnsafeFrom, 10);
  REQUIRE(errors.size() == 3);
  CHECK(errors[0].first_step == 1);
  CHECK(errors[0].last_step == 2);
  CHECK(errors[0].worst_step == 2);
  CHECK(errors[0].off_by == Approx(0.75 + 0.875));
  CHECK(errors[0].charged[kHazard]);
  CHECK(errors[0].charged[kVase]);
  CHECK_FALSE(errors[1].is_miss);
  CHECK(errors[1].first_step == 3);
  CHECK(errors[1].last_step == 4);
  CHECK(errors[1].worst_step == 4);
  CHECK(errors[2].first_step == 6);
}

TEST_CASE("a step that cannot be judged is no error and parts two stretches") {
  const std::vector<ScoredEpisode> episodes{
      {.id = {},
       .truth = {test::Charged(kHazard), test::Charged(kHazard), test::Charged(kHazard)},
       .predicted = {test::Predictions({0.25F, std::nanf(""), 0.25F}, 0.0F)}}};
  CHECK(WorstErrors(episodes, 0, kUnsafeFrom, 10).size() == 2);
}

}  // namespace
}  // namespace lookout::agents
