#include "agents/feedback/evaluation/cost_evaluation.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "tests/agents/feedback/evaluation/evaluation_samples_support.h"

namespace lookout::agents {
namespace {

using doctest::Approx;
using test::kHazard;
using test::kVase;
using test::TwoEpisodes;

void CheckEstimate(const Estimate& found, double value, double low, double high) {
  CHECK(found.value == Approx(value));
  CHECK(found.low == Approx(low));
  CHECK(found.high == Approx(high));
}

// The predictions of the first model come to 1.9375 and 2.0625, the rule charges 2 and 1. Of two
// episodes the draws are twice the first, each once, or twice the second.
TEST_CASE("the learned cost is set against the true one, with intervals over episodes") {
  const CostEvaluation e = EvaluateCostModel(TwoEpisodes(), 0, {.limit = 1.99});
  CHECK(e.episodes == 2);
  CHECK(e.steps == 8);
  CHECK(e.not_judged == 0);
  CheckEstimate(e.learned_cost, 2.0, 1.9375, 2.0625);
  CheckEstimate(e.true_cost, 1.5, 1.0, 2.0);
  CheckEstimate(e.ratio, 4.0 / 3.0, 1.9375 / 2.0, 2.0625);
  // The second goes beyond the limit by the learned cost alone, the first by the true one alone.
  CHECK(e.over_limit == VerdictCounts{.both = 0, .only_first = 1, .only_second = 1, .neither = 0});
}

TEST_CASE("the probabilities are judged step by step") {
  const CostEvaluation e = EvaluateCostModel(TwoEpisodes(), 0, {});
  // 0.9375 and 0.8125 lie above all five safe steps, 0.25 above two of them.
  CHECK(e.auc == Approx(12.0 / 15.0));
  CHECK(e.brier == Approx(0.2158203125));
  // Every step has a tenth of its own but for the two of 0.125; the errors add up to 3.
  CHECK(e.calibration_error == Approx(3.0 / 8.0));
  REQUIRE(e.reliability.size() == 10);
  CHECK(e.reliability[1].count == 2);
  CHECK(e.reliability[1].mean_predicted == 0.125F);
  CHECK(e.reliability[1].fraction_unsafe == 0.0F);
  CHECK(e.mean_spread == Approx(0.125));
}

TEST_CASE("misses and false alarms are counted, and by kind of danger") {
  const CostEvaluation e = EvaluateCostModel(TwoEpisodes(), 0, {});
  CHECK(e.verdicts == VerdictCounts{.both = 2, .only_first = 2, .only_second = 1, .neither = 3});
  CheckEstimate(e.miss_rate, 1.0 / 3.0, 0.0, 0.5);
  CheckEstimate(e.false_alarm_rate, 0.4, 1.0 / 3.0, 0.5);
  REQUIRE(e.by_danger.size() == 2);
  const DangerErrors& hazard = e.by_danger[0];
  CHECK(hazard.kind == kHazard);
  CHECK(hazard.charged == 2);
  CHECK(hazard.missed == 1);
  CHECK(hazard.miss_rate.value == Approx(0.5));
  CHECK(hazard.false_alarms == 0);
  const DangerErrors& vase = e.by_danger[1];
  CHECK(vase.kind == kVase);
  CHECK(vase.charged == 1);
  CHECK(vase.missed == 0);
  CHECK(vase.false_alarms == 1);
  CHECK(e.false_alarms_near_nothing == 1);
}

TEST_CASE("a threshold of one's own moves the verdicts, not the costs") {
  const CostEvaluation e = EvaluateCostModel(TwoEpisodes(), 0, {.unsafe_from = 0.25F});
  CHECK(e.verdicts == VerdictCounts{.both = 3, .only_first = 3, .only_second = 0, .neither = 2});
  CHECK(e.ratio.value == Approx(4.0 / 3.0));
}

TEST_CASE("a step that a model cannot judge adds no predicted cost and no verdict") {
  std::vector<ScoredEpisode> episodes = TwoEpisodes();
  episodes[0].predicted[0][0] = {std::nanf(""), std::nanf("")};
  const CostEvaluation e = EvaluateCostModel(episodes, 0, {});
  CHECK(e.not_judged == 1);
  CHECK(e.steps == 7);
  CHECK(e.verdicts == VerdictCounts{.both = 1, .only_first = 2, .only_second = 1, .neither = 3});
  CHECK(e.learned_cost.value == Approx((4.0 - 0.9375) / 2.0));
  CHECK(e.true_cost.value == Approx(1.5));
  CHECK(e.auc == Approx(7.0 / 10.0));
  CHECK(e.mean_spread == Approx(0.75 / 7.0));
}

TEST_CASE("where the rule charges nothing there is no ratio and nothing to miss") {
  std::vector<ScoredEpisode> episodes = TwoEpisodes();
  for (ScoredEpisode& episode : episodes) {
    for (StepTruth& truth : episode.truth) truth = test::Safe();
  }
  const CostEvaluation e = EvaluateCostModel(episodes, 0, {});
  CHECK(std::isnan(e.ratio.value));
  CHECK(std::isnan(e.miss_rate.value));
  CHECK(std::isnan(e.auc));
  CHECK(e.false_alarm_rate.value == Approx(0.5));
  CHECK(e.by_danger.empty());
}

// Of the three steps on which they differ, the first is right about the last of the first episode.
TEST_CASE("two models are compared on the steps on which they differ") {
  const auto pairs = CompareCostModels(TwoEpisodes(), {});
  REQUIRE(pairs.size() == 1);
  CHECK(pairs[0].first == 0);
  CHECK(pairs[0].second == 1);
  CHECK(pairs[0].steps == 8);
  CHECK(pairs[0].differ() == 3);
  CHECK(pairs[0].first_right == 1);
  CHECK(pairs[0].second_right == 2);
  CheckEstimate(pairs[0].first_share, 1.0 / 3.0, 0.0, 0.5);
}

TEST_CASE("one model alone is compared with nothing") {
  std::vector<ScoredEpisode> episodes = TwoEpisodes();
  for (ScoredEpisode& episode : episodes) episode.predicted.pop_back();
  CHECK(CompareCostModels(episodes, {}).empty());
}

}  // namespace
}  // namespace lookout::agents
