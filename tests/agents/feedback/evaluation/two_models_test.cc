#include "agents/feedback/evaluation/two_models.h"

#include <doctest/doctest.h>

#include <cmath>

#include "agents/feedback/models/unsafe_threshold.h"
#include "tests/agents/feedback/evaluation/evaluation_samples_support.h"

namespace lookout::agents {
namespace {

using doctest::Approx;
using test::kHazard;

TEST_CASE("two models differ where one errs and the other does not, the farthest apart first") {
  const auto differences = WorstDifferences(test::TwoEpisodes(), 0, 1, kUnsafeFrom, 10);
  REQUIRE(differences.size() == 3);
  // Episode 7: step 4 is safe, 0.125 against 0.75; step 2 is charged, 0.25 against 0.75.
  CHECK(differences[0].episode == 0);
  CHECK(differences[0].worst_step == 4);
  CHECK_FALSE(differences[0].unsafe);
  CHECK(differences[0].first_right);
  CHECK_FALSE(differences[0].second_right);
  CHECK(differences[0].apart == Approx(0.625));
  CHECK(differences[1].worst_step == 2);  // as far apart as the one of episode 8, and before it
  CHECK(differences[1].unsafe);
  CHECK_FALSE(differences[1].first_right);
  CHECK(differences[1].second.probability == 0.75F);
  CHECK(differences[1].truth.charged[kHazard]);
  CHECK(differences[2].episode == 1);
  CHECK(differences[2].worst_step == 4);
  CHECK(WorstDifferences(test::TwoEpisodes(), 0, 1, kUnsafeFrom, 1).size() == 1);
}

TEST_CASE("steps in a row that differ in the same way are one difference, NaN parts them") {
  const float nan = std::nanf("");
  const std::vector<ScoredEpisode> episodes{
      {.id = {},
       .truth = {test::Safe(), test::Safe(), test::Safe(), test::Safe(), test::Safe(),
                 test::Charged(kHazard)},
       .predicted = {test::Predictions({0.125F, 0.25F, nan, 0.125F, 0.0F, 0.0F}, 0.0F),
                     test::Predictions({0.75F, 1.0F, 1.0F, 0.75F, 0.375F, 0.125F}, 0.0F)}}};
  const auto differences = WorstDifferences(episodes, 0, 1, kUnsafeFrom, 10);
  REQUIRE(differences.size() == 3);
  CHECK(differences[0].first_step == 1);
  CHECK(differences[0].last_step == 2);
  CHECK(differences[0].worst_step == 2);
  CHECK(differences[0].apart == Approx(0.625 + 0.75));
  CHECK(differences[1].first_step == 4);
  CHECK(differences[1].last_step == 4);
  CHECK_FALSE(differences[2].one_errs());  // both are right, and far apart
  CHECK(differences[2].first_step == 5);
}

TEST_CASE("two models side by side have each one's figures and every episode's costs") {
  const TwoModels two = CompareTwo(test::TwoEpisodes(), {}, 2);
  CHECK(two.models[0].auc == EvaluateCostModel(test::TwoEpisodes(), 0, {}).auc);
  CHECK(two.models[1].auc == EvaluateCostModel(test::TwoEpisodes(), 1, {}).auc);
  CHECK_FALSE(two.models[0].roc.empty());
  CHECK(two.comparison.differ() == 3);
  CHECK(two.differences.size() == 2);
  REQUIRE(two.episodes.size() == 2);
  CHECK(two.episodes[0].id == EpisodeId{7});
  CHECK(two.episodes[0].truth == 2.0);
  CHECK(two.episodes[0].learned[0] == Approx(0.9375 + 0.25 + 0.625 + 0.125));
  CHECK(two.episodes[1].learned[1] == Approx(0.9375 + 0.375 + 0.125 + 0.25));
}

TEST_CASE("against labels a step without one counts nowhere, and the rule says nothing") {
  LabelSet labels;
  labels.points = {{.target = 0.0F, .episode = EpisodeId{7}, .step = 0, .source = {}},
                   {.target = 0.0F, .episode = EpisodeId{7}, .step = 1, .source = {}},
                   {.target = 1.0F, .episode = EpisodeId{7}, .step = 3, .source = {}},
                   {.target = 1.0F, .episode = EpisodeId{7}, .step = 99, .source = {}},
                   {.target = 1.0F, .episode = EpisodeId{9}, .step = 1, .source = {}}};
  const std::vector<ScoredEpisode> judged = AgainstLabels(test::TwoEpisodes(), labels);
  REQUIRE(judged.size() == 1);
  CHECK(judged[0].id == EpisodeId{7});
  CHECK_FALSE(judged[0].truth[0].unsafe());  // though the rule charges it
  CHECK(judged[0].truth[2].unsafe());
  const CostEvaluation evaluation = EvaluateCostModel(judged, 0, {});
  CHECK(evaluation.steps == 2);
  CHECK(evaluation.true_cost.value == 1.0);
  CHECK(evaluation.learned_cost.value == Approx(0.9375 + 0.625));
  CHECK(evaluation.verdicts.only_first == 1);
  CHECK(evaluation.verdicts.both == 1);
}

}  // namespace
}  // namespace lookout::agents
