#include "agents/inspect/explanations/integrated_gradients.h"

#include <doctest/doctest.h>

#include <cmath>

#include "agents/inspect/explanations/changed_models.h"
#include "agents/inspect/explanations/object_contributions.h"
#include "tests/agents/inspect/explanations/explanation_support.h"
#include "tests/support/first_value_model.h"

namespace lookout::agents {
namespace {

IntegratedGradients FromNothing(const CostModel& model, const sim::SafetyGym& world) {
  const auto found =
      IntegratedGradientsOf(ExplainedModel(model), world.spec(), world.observation().cast<float>(),
                            WithNothingAround(world));
  REQUIRE(found.ok());
  return *found;
}

TEST_CASE("integrated gradients sum to what the prediction is beyond the baseline's") {
  const CostModelPtr shipped = test::ShippedModel();
  for (const std::uint32_t seed : {1U, 6U, 9U, 12U}) {
    const auto world = test::PointGoalMoment(seed);
    test::StandBefore(*world, 0, 0.25);
    const IntegratedGradients found = FromNothing(*shipped, *world);
    CHECK(std::abs(found.difference()) > 0.5);
    CHECK(std::abs(found.residual) < 0.01 * std::abs(found.difference()));
    double entries = 0.0;
    for (const EntryAttribution& entry : found.entries) entries += entry.value;
    CHECK(entries == doctest::Approx(found.values.sum()));
  }
}

TEST_CASE("what is as in the baseline accounts for nothing") {
  const auto world = test::PointGoalMoment();
  const CostModelPtr shipped = test::ShippedModel();
  const IntegratedGradients found = FromNothing(*shipped, *world);
  for (const EntryAttribution& entry : found.entries) {
    CAPTURE(entry.key);
    if (!entry.key.ends_with("_lidar")) CHECK(entry.value == 0.0);
  }
}

TEST_CASE("of a network that is a line, each value accounts for its own") {
  const sim::ObservationSignature signature({{"x", 2}});
  auto inputs = CostInputs::Create(2, {});
  REQUIRE(inputs.ok());
  Mlp line({2, 1});
  line.mutable_parameters() << 3.0F, -2.0F, 0.5F;
  const CostModelPtr model = MakeCostModel({.id = CostModelId{1},
                                            .signature = signature,
                                            .inputs = *inputs,
                                            .normaliser = Normaliser(2),
                                            .members = {line}});
  sim::EnvironmentSpec spec;
  spec.observation_dim = 2;
  spec.observation_entries = {{"x", 0, 2}};
  const auto found = IntegratedGradientsOf(ExplainedModel(*model), spec, Eigen::Vector2f(2, 1),
                                           Eigen::Vector2f(1, 3));
  REQUIRE(found.ok());
  CHECK(found->values[0] == doctest::Approx(3.0));
  CHECK(found->values[1] == doctest::Approx(4.0));
  CHECK(found->difference() == doctest::Approx(7.0));
  CHECK(std::abs(found->residual) < 1e-5);
}

TEST_CASE("a planted cue is found at its value, and nowhere else") {
  const auto world = test::PointGoalMoment();
  const int place = test::PlaceOf(*world, "hazards_lidar");
  Eigen::Index bin = 0;
  world->observation().segment(place, 16).maxCoeff(&bin);
  const CostModelPtr cue =
      PlantedCue(world->spec().signature(), place + static_cast<int>(bin), 0.2F);
  IntegratedGradients found = FromNothing(*cue, *world);
  CHECK(found.values[place + bin] == doctest::Approx(found.difference()).epsilon(0.01));
  found.values[place + bin] = 0.0;
  CHECK(found.values.isZero(0.0));
}

TEST_CASE("a model without known networks is integrated by differences, and says so") {
  const lookout::test::FirstValueModel first(2, 0.0F);
  sim::EnvironmentSpec spec;
  spec.observation_dim = 2;
  const auto found = IntegratedGradientsOf(ExplainedModel(first), spec, Eigen::Vector2f(0.8F, 1),
                                           Eigen::Vector2f(0.2F, 0));
  REQUIRE(found.ok());
  CHECK(found->method == GradientMethod::kDifferences);
  CHECK(std::abs(found->residual) < 0.01 * found->difference());
  CHECK(found->values[1] == 0.0);
}

}  // namespace
}  // namespace lookout::agents
