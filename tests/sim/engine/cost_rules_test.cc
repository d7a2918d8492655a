#include "sim/engine/cost_rules.h"

#include <doctest/doctest.h>

#include "tests/sim/gym_support.h"

using namespace lookout::sim;

namespace {

const Eigen::VectorXd kStill = Eigen::VectorXd::Zero(2);
const Eigen::VectorXd kAhead = test::Action({1, 0});

// One hazard 2 m ahead of the robot.
EnvironmentConfig OneHazard() {
  EnvironmentConfig config = test::EmptyFloor();
  config.constrain_hazards = true;
  config.hazards.num = 1;
  config.hazards.size_m = 0.5;
  config.hazards.locations = {{2, 0}};
  return config;
}

// Drives ahead until something is charged; the costs of that step.
Costs DriveInto(SafetyGym& gym) {
  for (int i = 0; i < 300; ++i) {
    const StepResult result = gym.Step(kAhead);
    if (result.costs.total > 0) return result.costs;
  }
  FAIL("nothing was charged");
  return {};
}

}  // namespace

TEST_CASE("A hazard charges inside its radius, by the centre of the robot") {
  const auto gym = test::MakeGym(OneHazard());
  test::Start(*gym);
  CHECK(gym->Step(kStill).costs.total == 0.0);
  test::PlaceRobot(*gym, 1.49, 0);
  CHECK(gym->Step(kStill).costs[CostKind::kHazards] == 0.0);
  test::PlaceRobot(*gym, 1.51, 0);
  CHECK(gym->Step(kStill).costs[CostKind::kHazards] == 1.0);
}

TEST_CASE("Without the indicator a hazard charges by depth") {
  EnvironmentConfig config = OneHazard();
  config.constrain_indicator = false;
  config.hazards_cost = 3.0;
  const auto gym = test::MakeGym(config);
  test::Start(*gym);
  test::PlaceRobot(*gym, 1.8, 0);
  const Costs costs = gym->Step(kStill).costs;
  CHECK(costs[CostKind::kHazards] == doctest::Approx(3.0 * (0.5 - 0.2)).epsilon(1e-6));
  CHECK(costs.total == costs[CostKind::kHazards]);
}

TEST_CASE("What is not constrained is not charged") {
  EnvironmentConfig config = OneHazard();
  config.constrain_hazards = false;
  const auto gym = test::MakeGym(config);
  test::Start(*gym);
  CHECK(gym->spec().cost_kinds.empty());
  test::PlaceRobot(*gym, 2, 0);
  CHECK(gym->Step(kStill).costs.total == 0.0);
}

TEST_CASE("Pushing a vase is charged for contact, speed and displacement") {
  EnvironmentConfig config = test::EmptyFloor();
  config.constrain_vases = true;
  config.constrain_indicator = false;
  config.vases.num = 1;
  config.vases.locations = {{0.8, 0}};
  config.vases_contact_cost = 5.0;
  config.vases_displace_cost = 2.0;
  const auto gym = test::MakeGym(config);
  test::Start(*gym);
  const Costs first = DriveInto(*gym);
  CHECK(first[CostKind::kVasesContact] >= 5.0);

  for (int i = 0; i < 30; ++i) gym->Step(kAhead);
  const Costs later = gym->Step(kAhead).costs;
  const Eigen::Vector3d vase = test::PositionOf(*gym, SceneObjectKind::kVase);
  const double moved_m = (vase - Eigen::Vector3d(0.8, 0, vase.z())).norm();
  CHECK(moved_m > 0.05);
  CHECK(later[CostKind::kVasesDisplace] == doctest::Approx(2.0 * moved_m).epsilon(1e-6));
  CHECK(later[CostKind::kVasesVelocity] > 0.0);
  CHECK(later.total ==
        doctest::Approx(later[CostKind::kVasesContact] + later[CostKind::kVasesDisplace] +
                        later[CostKind::kVasesVelocity]));
}

TEST_CASE("Pillars, gremlins and wrong buttons are charged when touched") {
  EnvironmentConfig config = test::EmptyFloor();
  SUBCASE("pillar") {
    config.constrain_pillars = true;
    config.pillars.num = 1;
    config.pillars.locations = {{1, 0}};
    const auto gym = test::MakeGym(config);
    test::Start(*gym);
    CHECK(DriveInto(*gym)[CostKind::kPillars] == 1.0);
  }
  SUBCASE("gremlin, on its way to the place ahead") {
    config.constrain_gremlins = true;
    config.gremlins.num = 1;
    config.gremlins.keepout_m = 0.3;
    config.gremlins.locations = {{0.8, -0.2}};
    const auto gym = test::MakeGym(config);
    test::Start(*gym);
    CHECK(DriveInto(*gym)[CostKind::kGremlins] == 1.0);
  }
  SUBCASE("button, unless it is the goal") {
    config.task = Task::kButton;
    config.constrain_buttons = true;
    config.buttons.num = 2;
    config.buttons.locations = {{1, 0}, {-3, 0}};
    const auto gym = test::MakeGym(config);
    std::uint32_t seed = 0;
    for (test::Start(*gym, seed); gym->Save().goal_button != 1; test::Start(*gym, ++seed)) {
    }
    CHECK(DriveInto(*gym)[CostKind::kButtons] == 1.0);
    for (test::Start(*gym, seed); gym->Save().goal_button != 0; test::Start(*gym, ++seed)) {
    }
    StepResult result;
    for (int i = 0; i < 300 && !result.goal_met; ++i) result = gym->Step(kAhead);
    CHECK(result.goal_met);
    CHECK(result.costs.total == 0.0);
  }
}

TEST_CASE("A start that already costs something is refused") {
  EnvironmentConfig config = OneHazard();
  config.hazards.locations = {{0.3, 0}};
  config.hazards.keepout_m = 0;
  config.robot_keepout = 0;
  const auto gym = test::MakeGym(config);
  const lookout::Status status = gym->Reset(0);
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().message.find("keep-out") != std::string::npos);
}

TEST_CASE("The specification lists the kinds in Safety Gym's order") {
  EnvironmentConfig config = test::ConfigOf("Safexp-PointGoal2-v0");
  const std::vector<CostKind> kinds{CostKind::kVasesContact, CostKind::kVasesVelocity,
                                    CostKind::kHazards};
  CHECK(ChargedKinds(config) == kinds);
}
