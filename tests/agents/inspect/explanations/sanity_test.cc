#include "agents/inspect/explanations/sanity.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/inspect/explanations/changed_models.h"
#include "agents/inspect/explanations/rank_correlation.h"
#include "tests/agents/inspect/explanations/explanation_support.h"

namespace lookout::agents {
namespace {

TEST_CASE("rank correlation knows the same order, the opposite one, and none") {
  const std::vector<double> up{1, 2, 5, 9};
  const std::vector<double> same{-3, 0, 0.1, 100};
  const std::vector<double> down{4, 3, 2, 1};
  CHECK(RankCorrelation(up, same) == doctest::Approx(1.0));
  CHECK(RankCorrelation(up, down) == doctest::Approx(-1.0));
  CHECK(std::isnan(RankCorrelation(up, std::vector<double>(4, 2.0))));
  CHECK(std::isnan(RankCorrelation({}, {})));
  // By hand: ranks 1 2.5 2.5 4 against 1 2 3 4 are sqrt(0.9).
  CHECK(RankCorrelation(std::vector<double>{1, 2, 2, 3}, up) == doctest::Approx(std::sqrt(0.9)));
}

TEST_CASE("only the last layers are drawn anew") {
  const auto world = test::PointGoalMoment();
  const CostModelPtr model = test::RandomModel(world->spec().signature(), false);
  const CostEnsemble& learned = *model->ensemble();
  CHECK(WeightLayers(learned) == 3);
  const CostModelPtr changed = WithRandomLayers(learned, 1, 4);
  const Eigen::VectorXf& before = learned.members[0].parameters();
  const Eigen::VectorXf& after = changed->ensemble()->members[0].parameters();
  const Eigen::Index last = 13;  // 12 weights and a bias
  CHECK(before.head(before.size() - last) == after.head(after.size() - last));
  CHECK(before.tail(last) != after.tail(last));
  const CostModelPtr all = WithRandomLayers(learned, 3, 4);
  CHECK(all->ensemble()->members[0].parameters()[0] != before[0]);
}

TEST_CASE("shuffled labels are the same labels at other moments") {
  LabelSet labels;
  labels.observations = Eigen::MatrixXf::Random(3, 200);
  labels.points.resize(200);
  for (std::size_t i = 0; i < 60; ++i) labels.points[i].target = 1.0F;
  const LabelSet shuffled = WithShuffledTargets(labels, 1);
  CHECK(shuffled.observations == labels.observations);
  const auto unsafe = [](const LabelSet& set, std::size_t until) {
    return std::count_if(set.points.begin(), set.points.begin() + static_cast<long>(until),
                         [](const TargetPoint& point) { return point.unsafe(); });
  };
  CHECK(unsafe(shuffled, 200) == 60);
  CHECK(unsafe(shuffled, 60) < 30);  // 18 are to be expected
}

TEST_CASE("attributions of the shipped model are its weights' doing, and cues are found") {
  const auto world = test::PointGoalMoment();
  test::StandBefore(*world, 0, 0.3);
  const CostModelPtr shipped = test::ShippedModel();
  const auto report = CheckSanity(*shipped, *world, nullptr, {});
  REQUIRE(report.ok());
  CHECK(report->has_networks);
  REQUIRE(report->randomised.size() == 3);
  const RandomisedLayers& all = report->randomised.back();
  CHECK(std::abs(all.mean.objects) < SanityReport::kMostLikeness);
  CHECK(std::abs(all.mean.entries) < SanityReport::kMostLikeness);
  REQUIRE(report->planted.size() == 3);  // goal, hazards, vases
  for (const PlantedCueCheck& check : report->planted) {
    CAPTURE(check.entry);
    CHECK(check.passed());
  }
  CHECK(report->passed());
}

TEST_CASE("a model is like itself, and a check that is told nothing else fails") {
  const auto world = test::PointGoalMoment();
  const CostModelPtr shipped = test::ShippedModel();
  const auto learned = AttributionsAround(ExplainedModel(*shipped), *world);
  REQUIRE(learned.ok());
  const Likeness self = LikenessOf(*learned, *learned);
  CHECK(self.objects == doctest::Approx(1.0));
  CHECK(self.entries == doctest::Approx(1.0));
  SanityReport unmoved;
  unmoved.randomised.push_back({.layers = 3, .mean = self, .mean_size = self});
  CHECK_FALSE(unmoved.passed());
}

// Moments around the robot, unsafe where the nearest hazard is near.
LabelSet LabelsByLidar(sim::SafetyGym& world) {
  LabelSet labels;
  const int place = test::PlaceOf(world, "hazards_lidar");
  RandomState random(3);
  std::vector<Eigen::VectorXf> seen;
  for (int i = 0; i < 800; ++i) {
    const int steps = 10;
    for (int k = 0; k < steps && i % 10 == 0; ++k) {
      world.Step(Eigen::Vector2d(random.Uniform(-1, 1), random.Uniform(-1, 1)));
    }
    test::StandBefore(world, i % 8, random.Uniform(-1.0, 1.0));
    seen.emplace_back(world.observation().cast<float>());
    TargetPoint point;
    point.target = seen.back().segment(place, 16).maxCoeff() > 0.85F ? 1.0F : 0.0F;
    point.episode = EpisodeId{1 + i / 50};
    point.step = i % 50;
    labels.points.push_back(point);
  }
  labels.observations.resize(seen[0].size(), std::ssize(seen));
  for (std::size_t i = 0; i < seen.size(); ++i) {
    labels.observations.col(static_cast<Eigen::Index>(i)) = seen[i];
  }
  return labels;
}

TEST_CASE("what is fitted to shuffled labels is explained otherwise") {
  const auto scratch = test::PointGoalMoment(4, 0);
  const LabelSet labels = LabelsByLidar(*scratch);
  CostModelSettings settings{.members = 2, .hidden = 32, .max_epochs = 20, .workers = 1};
  const auto world = test::PointGoalMoment();
  settings.signature = world->spec().signature();
  const FitToLabels fit = [&](const LabelSet& some) {
    return FitCostModel(some, settings, CostModelId{1});
  };
  const auto model = fit(labels);
  REQUIRE_MESSAGE(model.ok(), (model.ok() ? "" : model.error().message));
  CHECK((*model)->report().auc > 0.95);
  const auto report = CheckSanity(**model, *world, &labels, fit, {.draws = 2});
  REQUIRE_MESSAGE(report.ok(), (report.ok() ? "" : report.error().message));
  REQUIRE(report->shuffled.has_value());
  CHECK(report->shuffled->size < SanityReport::kMostSize);
  CHECK(report->shuffled->passed());
  // Another fit to the same labels is explained alike.
  settings.seed = 2;
  const auto again = fit(labels);
  REQUIRE(again.ok());
  const Likeness alike = LikenessOf(*AttributionsAround(ExplainedModel(**model), *world),
                                    *AttributionsAround(ExplainedModel(**again), *world));
  CHECK(alike.objects > 0.6);
  CHECK(alike.objects > report->shuffled->mean.objects + 0.2);
  // And a check whose models have learned does not pass.
  const auto unshuffled = CheckSanity(**model, *world, &labels,
                                      [&](const LabelSet&) { return fit(labels); }, {.draws = 1});
  REQUIRE(unshuffled.ok());
  CHECK_FALSE(unshuffled->shuffled->passed());
}

}  // namespace
}  // namespace lookout::agents
