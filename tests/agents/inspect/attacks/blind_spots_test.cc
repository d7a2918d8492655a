#include "agents/inspect/attacks/blind_spots.h"

#include <doctest/doctest.h>

#include <array>

#include "tests/agents/inspect/verification/verification_support.h"
#include "tests/support/contains.h"

namespace lookout::agents {
namespace {

constexpr double kHazard_m = 0.2;  // PointGoal1's

BlindSpotSettings Small() {
  BlindSpotSettings settings;
  settings.search = {.generations = 4, .population = 20};
  return settings;
}

Result<std::vector<BlindSpot>> Find(const CostModelPtr& model, ModelError error, int workers = 2,
                                    const BlindSpotSettings& settings = Small()) {
  const std::array<std::uint32_t, 2> seeds{11, 12};
  return FindBlindSpots(*model, *sim::ConfigForId("PointGoal1"), {}, error, settings, seeds,
                        workers);
}

}  // namespace

TEST_CASE("blind spots: of a model that takes hazards for smaller, the rim is found") {
  const auto gym = test::ResetGym();
  const auto spots = Find(test::HandMadeModel(*gym, 0.12), ModelError::kMiss);
  REQUIRE(spots.ok());
  REQUIRE(spots->size() == 2);
  for (const BlindSpot& spot : *spots) {
    REQUIRE(spot.worst);
    CHECK(spot.is_wrong(ModelError::kMiss, 0.5));
    CHECK(spot.worst->costs[sim::CostKind::kHazards] == 1.0);
    CHECK(spot.worst->probability < 0.5);
    CHECK(spot.worst->clearance_m <= -0.05);
    CHECK(spot.worst->clearance_m > 0.12 - kHazard_m - 0.01);
    // Even draws in the disc of 0.15 m: 0.12 to 0.15 m is 36 % of it, less what the step moves.
    CHECK(spot.even.clear > 40);
    const double share = double(spot.even.wrong) / double(spot.even.clear);
    CHECK(share > 0.2);
    CHECK(share < 0.5);
  }
}

TEST_CASE("blind spots: a model that sees every hazard whole has none, and few false alarms") {
  const auto gym = test::ResetGym();
  const auto misses = Find(test::HandMadeModel(*gym, 0.21), ModelError::kMiss);
  REQUIRE(misses.ok());
  for (const BlindSpot& spot : *misses) {
    REQUIRE(spot.worst);
    CHECK_FALSE(spot.is_wrong(ModelError::kMiss, 0.5));
    CHECK(spot.even.wrong == 0);
  }
  // Cautious to 0.35 m: 0.15 m from a hazard's rim are called unsafe and are not.
  const auto alarms = Find(test::HandMadeModel(*gym, 0.35), ModelError::kFalseAlarm);
  REQUIRE(alarms.ok());
  for (const BlindSpot& spot : *alarms) {
    REQUIRE(spot.worst);
    CHECK(spot.is_wrong(ModelError::kFalseAlarm, 0.5));
    CHECK(spot.worst->costs.total == 0.0);
    CHECK(spot.worst->clearance_m >= 0.05);
    CHECK(spot.worst->clearance_m < 0.16);
  }
}

TEST_CASE("blind spots: the moment that was found can be entered again, step and all") {
  const auto gym = test::ResetGym();
  const CostModelPtr model = test::RandomModel(*gym, 5);
  BlindSpotSettings settings = Small();
  settings.speed_m_s = 0.5;
  const auto spots = Find(model, ModelError::kMiss, 2, settings);
  REQUIRE(spots.ok());
  const AttackedMoment& worst = *spots->front().worst;
  const auto there = EnterMoment(worst);
  REQUIRE(there.ok());
  const sim::StepResult step = (*there)->Step(worst.action);
  CHECK(step.costs.total == worst.costs.total);
  const CostPrediction again = model->PredictOne((*there)->observation().cast<float>());
  CHECK(double(again.probability) == worst.probability);
}

TEST_CASE("blind spots: a push carries the robot along, and is entered again with the moment") {
  const auto gym = test::ResetGym();
  const CostModelPtr model = test::RandomModel(*gym, 5);
  BlindSpotSettings settings = Small();
  settings.push_n = 200.0;
  const auto spots = Find(model, ModelError::kMiss, 2, settings);
  REQUIRE(spots.ok());
  AttackedMoment worst = *spots->front().worst;
  CHECK_FALSE(worst.push_n.isZero());
  CHECK(worst.push_n.cwiseAbs().maxCoeff() <= settings.push_n);
  const auto after = [&](const AttackedMoment& moment) -> Eigen::Vector2d {
    const auto there = EnterMoment(moment);
    REQUIRE(there.ok());
    const Eigen::Vector2d before = (*there)->robot_position_in_world().head<2>();
    const sim::StepResult step = (*there)->Step(moment.action);
    CHECK(step.costs.total == worst.costs.total);
    return (*there)->robot_position_in_world().head<2>() - before;
  };
  const Eigen::Vector2d pushed = after(worst);
  const Eigen::Vector2d push = worst.push_n;
  worst.push_n.setZero();
  CHECK((pushed - after(worst)).dot(push) > 0.0);
}

TEST_CASE("blind spots: gremlins go round before the moment, and touch where they then are") {
  auto gym = sim::SafetyGym::Create(*sim::ConfigForId("PointButton1"));
  REQUIRE(gym.ok());
  REQUIRE((*gym)->Reset(3).ok());
  const CostModelPtr model = test::RandomModel(**gym, 5);
  const std::array<std::uint32_t, 2> seeds{3, 4};
  const auto spots = FindBlindSpots(*model, (*gym)->config(), {}, ModelError::kMiss, Small(), seeds,
                                    /*workers=*/2);
  REQUIRE(spots.ok());
  bool any_waits = false;
  for (const BlindSpot& spot : *spots) {
    REQUIRE(spot.worst);
    any_waits = any_waits || spot.worst->wait_steps > 0;
    CHECK(spot.worst->wait_steps <= 315);  // a round
    const auto there = EnterMoment(*spot.worst);
    REQUIRE(there.ok());
    CHECK((*there)->Step(spot.worst->action).costs.total == spot.worst->costs.total);
    const CostPrediction again = model->PredictOne((*there)->observation().cast<float>());
    CHECK(double(again.probability) == spot.worst->probability);
  }
  CHECK(any_waits);
}

TEST_CASE("blind spots: the same for any number of workers") {
  const auto gym = test::ResetGym();
  const CostModelPtr model = test::RandomModel(*gym, 9);
  const auto one = Find(model, ModelError::kMiss, 1);
  const auto three = Find(model, ModelError::kMiss, 3);
  REQUIRE(one.ok());
  REQUIRE(three.ok());
  for (std::size_t i = 0; i < one->size(); ++i) {
    CHECK((*one)[i].worst->probability == (*three)[i].worst->probability);
    CHECK((*one)[i].worst->x_m == (*three)[i].worst->x_m);
    CHECK((*one)[i].even.wrong == (*three)[i].even.wrong);
    CHECK((*one)[i].even_probability == (*three)[i].even_probability);
  }
}

TEST_CASE("blind spots: models that do not fit are refused, and a search can be stopped") {
  const auto gym = test::ResetGym();
  const CostModelPtr model = test::RandomModel(*gym, 9);
  const std::array<std::uint32_t, 1> seeds{1};
  const auto other = FindBlindSpots(*model, *sim::ConfigForId("CarButton1"), {}, ModelError::kMiss,
                                    Small(), seeds, 1);
  REQUIRE_FALSE(other.ok());
  CHECK(lookout::Contains(other.error().message, "does not fit"));
  const auto stopped =
      FindBlindSpots(*model, *sim::ConfigForId("PointGoal1"), {}, ModelError::kMiss, Small(), seeds,
                     1, [](double) { return false; });
  CHECK_FALSE(stopped.ok());
}

}  // namespace lookout::agents
