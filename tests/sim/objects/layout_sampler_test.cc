#include "sim/objects/layout_sampler.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/sim/gym_support.h"

using namespace lookout::sim;
using lookout::RandomState;

namespace {

double Between(const Point2& a, const Point2& b) { return std::hypot(a[0] - b[0], a[1] - b[1]); }

}  // namespace

TEST_CASE("A seed gives Safety Gym's layout") {
  const auto gym = test::MakeGym("Safexp-PointGoal1-v0");
  test::Start(*gym, 0);
  const EpisodeSetup& setup = gym->setup();
  CHECK(setup.generator_seed == 1);
  REQUIRE(setup.layout.size() == 11);
  CHECK(setup.layout[0].name == "robot");
  CHECK(setup.layout[0].x_m == -0.18255158965433727);
  CHECK(setup.layout[0].y_m == 0.48471388557274775);
  CHECK(setup.layout[1].name == "goal");
  CHECK(setup.layout[1].x_m == -1.1947266441865458);
  CHECK(setup.layout[2].name == "hazard0");
  CHECK(setup.layout[2].y_m == -1.0762261098103738);
  CHECK(setup.rotations[0].angle_rad == 1.8081457791743771);
  CHECK(setup.rotations[1].name == "vase0");
  // The goal of the layout is drawn anew once everything stands.
  const Eigen::Vector3d goal = test::PositionOf(*gym, SceneObjectKind::kGoal);
  CHECK(goal.x() == -0.20511154583070268);
  CHECK(goal.y() == -1.0756112331188517);
}

TEST_CASE("Everything keeps its distance from everything placed before it") {
  const EnvironmentConfig config = test::ConfigOf("Safexp-PointButton2-v0");
  const LayoutSampler sampler(config);
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    RandomState random(seed);
    Layout layout;
    REQUIRE(sampler.Sample(random, layout).ok());
    for (std::size_t i = 0; i < layout.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const double needed = sampler.slots()[i].keepout_m + sampler.slots()[j].keepout_m;
        CHECK(Between(layout[i], layout[j]) >= needed);
      }
    }
  }
}

TEST_CASE("Fixed locations are hit, and rectangles are chosen by their area") {
  EnvironmentConfig config;
  config.hazards.num = 1;
  config.hazards.locations = {{1.5, -1.5}};
  config.hazards.keepout_m = 0.1;
  config.goal_keepout = 0.1;
  config.goal_placements = {{Rectangle{-2, -2, -1, -1}, Rectangle{0.5, 0, 2, 2}}};
  const LayoutSampler sampler(config);
  const int hazard = sampler.SlotOf(SceneObjectKind::kHazard, 0);
  const int goal = sampler.SlotOf(SceneObjectKind::kGoal, 0);
  int in_small = 0;
  constexpr int kDraws = 2000;
  RandomState random(3);
  Layout layout;
  for (int i = 0; i < kDraws; ++i) {
    REQUIRE(sampler.Sample(random, layout).ok());
    CHECK(Between(layout[hazard], {1.5, -1.5}) < 2e-9);
    const bool small = layout[goal][0] < 0;
    in_small += small ? 1 : 0;
    CHECK(layout[goal][0] <= (small ? -1.1 : 1.9));
    CHECK(layout[goal][0] >= (small ? -1.9 : 0.6));
  }
  const double expected = 0.8 * 0.8 / (0.8 * 0.8 + 1.3 * 1.8);
  CHECK(in_small / double(kDraws) == doctest::Approx(expected).epsilon(0.15));
}

TEST_CASE("What does not fit is refused with the reason") {
  EnvironmentConfig crowded;
  crowded.placements_extents = {-0.6, -0.6, 0.6, 0.6};
  crowded.robot_keepout = 0.5;
  crowded.goal_keepout = 0.5;
  RandomState random(1);
  Layout layout;
  const auto status = LayoutSampler(crowded).Sample(random, layout);
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().code == lookout::ErrorCode::kBadInput);
  CHECK(status.error().message.find("no place for goal") != std::string::npos);
  CHECK(status.error().message.find("goal_keepout") != std::string::npos);

  EnvironmentConfig narrow;
  narrow.goal_placements = {{Rectangle{0, 0, 0.5, 0.5}}};
  const auto refused = LayoutSampler(narrow).Sample(random, layout);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("goal_placements") != std::string::npos);
}

TEST_CASE("A crowd that does not fit is refused with the first object that found no place") {
  EnvironmentConfig crowded;
  crowded.placements_extents = {-1, -1, 1, 1};
  crowded.goal_locations = {{1, 1}};
  crowded.goal_keepout = 0.1;
  crowded.pillars = {.num = 9, .keepout_m = 0.4, .size_m = 0.2};
  RandomState random(1);
  Layout layout;
  const auto status = LayoutSampler(crowded).Sample(random, layout);
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().message.find("pillar") != std::string::npos);
  CHECK(status.error().message.find("pillars_keepout") != std::string::npos);
}

TEST_CASE("A new place that cannot be found leaves the old one") {
  EnvironmentConfig config;
  config.goal_locations = {{0, 0}};
  config.robot_locations = {{1.9, 1.9}};
  const LayoutSampler sampler(config);
  RandomState random(1);
  Layout layout;
  REQUIRE(sampler.Sample(random, layout).ok());
  const int robot = sampler.SlotOf(SceneObjectKind::kRobot, 0);
  const int goal = sampler.SlotOf(SceneObjectKind::kGoal, 0);
  layout[robot] = {0.1, 0};
  const Point2 before = layout[goal];
  CHECK_FALSE(sampler.Redraw(goal, random, layout));
  CHECK(layout[goal] == before);
  layout[robot] = {1.9, 1.9};
  CHECK(sampler.Redraw(goal, random, layout));
}

TEST_CASE("The same layout comes back when it is not to be randomised") {
  EnvironmentConfig config = test::ConfigOf("Safexp-PointGoal1-v0");
  config.randomize_layout = false;
  const auto gym = test::MakeGym(config);
  test::Start(*gym, 3);
  const double x_m = gym->setup().layout[0].x_m;
  REQUIRE(gym->ResetNext().ok());
  CHECK(gym->setup().layout[0].x_m == x_m);
  CHECK(gym->setup().generator_seed == 5);
}
