#include "agents/inspect/explanations/object_contributions.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "agents/inspect/explanations/changed_models.h"
#include "sim/engine/what_if.h"
#include "tests/agents/inspect/explanations/explanation_support.h"

namespace lookout::agents {
namespace {

ObjectContributions AllOf(const Result<ObjectContributions>& found) {
  REQUIRE_MESSAGE(found.ok(), (found.ok() ? "" : found.error().message));
  return *found;
}

const ObjectContribution& Of(const ObjectContributions& found, sim::SceneObjectKind kind,
                             int index) {
  const auto one = std::ranges::find_if(found.objects, [&](const ObjectContribution& each) {
    return each.kind == kind && each.index == index;
  });
  REQUIRE(one != found.objects.end());
  return *one;
}

double SumOfShares(const ObjectContributions& found) {
  double sum = 0.0;
  for (const ObjectContribution& one : found.objects) sum += one.shapley;
  return sum;
}

// Unsafe is whatever is near straight ahead, to the left of it or to the right.
CostModelPtr CueAhead(const sim::SafetyGym& world, float turn) {
  return PlantedCue(world.spec().signature(), test::PlaceOf(world, "hazards_lidar"), turn);
}

TEST_CASE("the contribution of an object is what a world made without it lacks") {
  const auto with = test::AmongHazards({{1, 0.4}, {-0.5, 1}, {0.4, -1.2}});
  const auto without = test::AmongHazards({{1, 0.4}, {-0.5, 1}});
  const CostModelPtr cost_model = test::RandomModel(with->spec().signature(), false);
  const ExplainedModel model(*cost_model);
  const ObjectContributions found = AllOf(ContributionsOf(model, *with));
  const double log_odds_without = model.Values(without->observation().cast<float>())[0];
  CHECK(Of(found, sim::SceneObjectKind::kHazard, 2).removal ==
        doctest::Approx(found.value - log_odds_without).epsilon(1e-4));
  CHECK(std::abs(found.value - log_odds_without) > 1e-3);
}

TEST_CASE("shares sum to the prediction beyond that with nothing around") {
  for (const std::uint32_t seed : {1U, 6U, 9U}) {
    const auto world = test::PointGoalMoment(seed);
    const CostModelPtr cost_model = test::ShippedModel();
    const ExplainedModel model(*cost_model);
    const ObjectContributions found = AllOf(ContributionsOf(model, *world));
    CHECK(found.objects.size() == 10);  // 8 hazards, a vase and the goal
    CHECK(SumOfShares(found) == doctest::Approx(found.value - found.value_without).epsilon(1e-9));
    CHECK(found.value_without ==
          doctest::Approx(model.Values(WithNothingAround(*world))[0]).epsilon(1e-6));
    CHECK(found.value ==
          doctest::Approx(model.Values(world->observation().cast<float>())[0]).epsilon(1e-6));
    double probability = 0.0;
    for (const ObjectContribution& one : found.objects) probability += one.shapley_probability;
    CHECK(probability ==
          doctest::Approx(found.probability - found.without_probability).epsilon(1e-9));
  }
}

TEST_CASE("two objects that do the same share alike, and each hides the other") {
  // At the same distance and both within bin 0, which begins straight ahead and is 22.5 degrees.
  const double here_rad = 0.07;
  const double there_rad = 0.32;
  const auto world = test::AmongHazards({{std::cos(here_rad), std::sin(here_rad)},
                                         {std::cos(there_rad), std::sin(there_rad)},
                                         {-2.0, 0.3}});
  const CostModelPtr cue = CueAhead(*world, 0.3F);
  const ObjectContributions found = AllOf(ContributionsOf(ExplainedModel(*cue), *world));
  const ObjectContribution& left = Of(found, sim::SceneObjectKind::kHazard, 0);
  const ObjectContribution& right = Of(found, sim::SceneObjectKind::kHazard, 1);
  const double total = found.value - found.value_without;
  CHECK(total > 1.0);
  CHECK(left.shapley == doctest::Approx(total / 2).epsilon(1e-5));
  CHECK(right.shapley == doctest::Approx(total / 2).epsilon(1e-5));
  CHECK(std::abs(left.removal) < 1e-5);  // the other is there as well
  CHECK(left.alone == doctest::Approx(total));
  REQUIRE(found.pairs.size() == 1);
  CHECK(found.pairs[0].removal == doctest::Approx(total));
  CHECK(found.pairs[0].joint == doctest::Approx(total));
  // What the model does not look at has no part in it.
  CHECK(Of(found, sim::SceneObjectKind::kHazard, 2).shapley == 0.0);
}

TEST_CASE("a planted cue is found at the object that makes it, and nowhere else") {
  const auto world = test::AmongHazards({{1.0, 0.2}, {-1.2, 0.3}, {0.2, 1.5}});
  const CostModelPtr cue = CueAhead(*world, 0.3F);
  const ObjectContributions found = AllOf(ContributionsOf(ExplainedModel(*cue), *world));
  REQUIRE(found.objects.size() == 3);
  CHECK(found.objects[0].index == 0);
  CHECK(found.objects[0].removal > 1.0);
  CHECK(found.objects[0].shapley == doctest::Approx(found.value - found.value_without));
  for (int i = 1; i < 3; ++i) {
    CHECK(found.objects[static_cast<std::size_t>(i)].removal == 0.0);
    CHECK(found.objects[static_cast<std::size_t>(i)].shapley == 0.0);
  }
  CHECK(found.pairs.empty());
}

TEST_CASE("objects beyond those that may share stay in the world") {
  const auto world = test::AmongHazards({{1.0, 0.2}, {-1.2, 0.3}, {0.2, 1.5}, {0.3, -1.1}});
  const CostModelPtr cost_model = test::RandomModel(world->spec().signature(), false);
  const ExplainedModel model(*cost_model);
  const ObjectContributions found = AllOf(ContributionsOf(model, *world, {.players = 2}));
  std::vector<std::uint8_t> unseen(world->scene().objects.size(), 0);
  int sharing = 0;
  for (const ObjectContribution& one : found.objects) {
    if (!one.shares) continue;
    ++sharing;
    unseen[static_cast<std::size_t>(one.object)] = 1;
  }
  CHECK(sharing == 2);
  Eigen::VectorXd rest;
  sim::ObserveWithout(*world, unseen, rest);
  CHECK(found.value_without == doctest::Approx(model.Values(rest.cast<float>())[0]));
  CHECK(SumOfShares(found) == doctest::Approx(found.value - found.value_without).epsilon(1e-9));
}

TEST_CASE("an object is told by where it is from the robot") {
  const auto world = test::AmongHazards({{0.0, 2.0}});
  const CostModelPtr cue = CueAhead(*world, 0.3F);
  const ObjectContributions found = AllOf(ContributionsOf(ExplainedModel(*cue), *world));
  REQUIRE(found.objects.size() == 1);
  CHECK(found.objects[0].distance_m == doctest::Approx(2.0).epsilon(1e-3));
  CHECK(found.objects[0].bearing_rad == doctest::Approx(1.5708).epsilon(1e-3));
}

TEST_CASE("what the lidar does not reach is no object of the explanation") {
  const auto world = test::AmongHazards({{1.0, 0.2}, {-3.5, 0.3}});  // it reaches 3 m
  const CostModelPtr cue = CueAhead(*world, 0.3F);
  CHECK(AllOf(ContributionsOf(ExplainedModel(*cue), *world)).objects.size() == 1);
}

TEST_CASE("contributions can be stopped") {
  const auto world = test::PointGoalMoment();
  const CostModelPtr shipped = test::ShippedModel();
  const auto stopped = ContributionsOf(ExplainedModel(*shipped), *world, {}, [] { return false; });
  REQUIRE_FALSE(stopped.ok());
  CHECK(stopped.error().message == "The explanation was stopped.");
}

}  // namespace
}  // namespace lookout::agents
