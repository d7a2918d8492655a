#include "app/cost_models/limit_floor.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "app/runs/saved_policy.h"
#include "sim/base/result.h"
#include "sim/config/config.h"
#include "tests/support/constant_cost_model.h"

namespace lookout::app {
namespace {

sim::EnvironmentConfig PointGoal1() { return *sim::ConfigForId("Safexp-PointGoal1-v0"); }

agents::TrainingSettings HeldTo(agents::CostSource source) {
  agents::TrainingSettings settings;
  settings.algorithm = agents::Algorithm::kPpoLagrangian;
  settings.cost_source = source;
  return settings;
}

Result<agents::LimitFloor> FloorUnder(float probability, const agents::TrainingSettings& settings,
                                      int workers = 2) {
  const auto make = [] { return MakeEnvironment(PointGoal1()); };
  const auto model = std::make_shared<test::ConstantCostModel>(make().value()->spec().signature(),
                                                               probability, /*spread=*/0.02F);
  return MeasureLimitFloor(settings, model, PointGoal1(), make,
                           {.episodes = 2, .seed = kFloorEpisodes.seed, .workers = workers});
}

TEST_CASE("a model that gives every step 0.1 leaves no limit below 100, whatever an agent does") {
  const auto floor = FloorUnder(0.1F, HeldTo(agents::CostSource::kLearned));
  REQUIRE(floor.ok());
  CHECK(floor->cost == doctest::Approx(100.0).epsilon(1e-3));
  CHECK(floor->episodes == 2);
  const Status refused = agents::CheckLimit(*floor, 25.0);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::kBadInput);
  CHECK(refused.error().message.find("costs 100.0 [100.0, 100.0]") != std::string::npos);
  CHECK(refused.error().message.find("Raise the limit") != std::string::npos);
  CHECK(agents::CheckLimit(*floor, 101.0).ok());
}

TEST_CASE("the reading counts: what a cautious one adds raises the floor") {
  agents::TrainingSettings settings = HeldTo(agents::CostSource::kLearned);
  settings.cost_reading = agents::CostReading::kCautious;
  settings.cost_caution = 2.0;
  const auto floor = FloorUnder(0.01F, settings);
  REQUIRE(floor.ok());
  CHECK(floor->cost == doctest::Approx(50.0).epsilon(1e-3));
}

TEST_CASE("the floor of a sum holds the rule's cost, that of a maximum no more than both") {
  const auto learned = FloorUnder(0.1F, HeldTo(agents::CostSource::kLearned));
  const auto sum = FloorUnder(0.1F, HeldTo(agents::CostSource::kSum));
  const auto maximum = FloorUnder(0.1F, HeldTo(agents::CostSource::kMaximum));
  REQUIRE((learned.ok() && sum.ok() && maximum.ok()));
  CHECK(learned->cost <= maximum->cost + 1e-6);
  CHECK(maximum->cost <= sum->cost + 1e-6);
}

TEST_CASE("the number of workers changes nothing in the floor") {
  const auto one = FloorUnder(0.03F, HeldTo(agents::CostSource::kSum), 1);
  const auto two = FloorUnder(0.03F, HeldTo(agents::CostSource::kSum), 2);
  REQUIRE((one.ok() && two.ok()));
  CHECK(one->cost == two->cost);
  CHECK(one->script == two->script);
}

TEST_CASE("only a constraint on what a model predicts has a floor to be checked") {
  agents::TrainingSettings settings = HeldTo(agents::CostSource::kLearned);
  CHECK(agents::LimitsLearnedCost(settings));
  CHECK_FALSE(agents::LimitsLearnedCost(HeldTo(agents::CostSource::kRule)));
  settings.multiplier_kind = agents::MultiplierKind::kFixed;
  CHECK_FALSE(agents::LimitsLearnedCost(settings));
  settings = HeldTo(agents::CostSource::kLearned);
  settings.algorithm = agents::Algorithm::kPpo;
  CHECK_FALSE(agents::LimitsLearnedCost(settings));
}

}  // namespace
}  // namespace lookout::app
