#include "agents/inspect/attacks/varied_worlds.h"

#include <doctest/doctest.h>

#include <cmath>

#include "sim/base/random_state.h"
#include "sim/objects/object_kinds.h"
#include "tests/agents/inspect/verification/verification_support.h"

namespace lookout::agents {
namespace {

Eigen::VectorXd AnyPoint(int dimensions, RandomState& random) {
  Eigen::VectorXd point(dimensions);
  for (double& value : point) value = random.RandomSample();
  return point;
}

bool IsGoal(const std::string& name) { return name == "goal"; }

// Where things stand after a reset, against what the point says.
void CheckPlaces(const sim::SafetyGym& gym, const sim::Layout& places) {
  const sim::LayoutSampler sampler(gym.config());
  const auto& layout = gym.setup().layout;
  REQUIRE(layout.size() == places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    CHECK(layout[i].name == sampler.slots()[i].name);
    if (IsGoal(layout[i].name)) continue;
    CHECK(std::abs(layout[i].x_m - places[i][0]) < 1e-8);
    CHECK(std::abs(layout[i].y_m - places[i][1]) < 1e-8);
  }
}

double NearestRelativeToKeepOuts(const sim::EnvironmentConfig& config, const sim::Layout& places) {
  const sim::LayoutSampler sampler(config);
  const auto& slots = sampler.slots();
  double least = 1e9;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (IsGoal(slots[i].name) || IsGoal(slots[j].name)) continue;
      const double apart = std::hypot(places[i][0] - places[j][0], places[i][1] - places[j][1]);
      least = std::min(least, apart - slots[i].keepout_m - slots[j].keepout_m);
    }
  }
  return least;
}

}  // namespace

TEST_CASE("varied worlds: every point is a layout that can be reset to, with all keep-outs kept") {
  RandomState random(4);
  for (const char* const id : {"PointGoal1", "CarGoal2", "PointButton2", "PointPush1"}) {
    CAPTURE(id);
    const auto gym = test::ResetGym(3, id);
    const VariedWorlds worlds(*gym, 0.8);
    for (int i = 0; i < 20; ++i) {
      const Eigen::VectorXd point = AnyPoint(worlds.dimensions(), random);
      const sim::Layout places = worlds.PlacesAt(point);
      CHECK(NearestRelativeToKeepOuts(gym->config(), places) > 0.0);
      const auto config = worlds.At(point);
      REQUIRE(config.ok());
      const auto other = sim::SafetyGym::Create(*config);
      REQUIRE(other.ok());
      if (!(*other)->Reset(3).ok()) continue;  // the goal found no place
      CheckPlaces(**other, places);
      CHECK((*other)->spec().signature() == gym->spec().signature());
    }
  }
}

TEST_CASE(
    "varied worlds: the middle of the box is the layout itself, and corners are far from it") {
  const auto gym = test::ResetGym(5);
  const VariedWorlds worlds(*gym, 0.3);
  const int dimensions = worlds.dimensions();
  CHECK(dimensions == 2 * (1 + 8 + 1) + 1);  // the robot, eight hazards, one vase; not the goal
  CheckPlaces(*gym, worlds.PlacesAt(Eigen::VectorXd::Constant(dimensions, 0.5)));
  const sim::Layout moved = worlds.PlacesAt(Eigen::VectorXd::Constant(dimensions, 1.0));
  double most = 0.0;
  for (std::size_t i = 0; i < moved.size(); ++i) {
    most = std::max(most, moved[i][0] - gym->setup().layout[i].x_m);
  }
  CHECK(most == doctest::Approx(0.3));
}

TEST_CASE("varied worlds: what a configuration fixes stays where it is") {
  sim::EnvironmentConfig config = *sim::ConfigForId("PointGoal1");
  config.hazards.locations = {{0.5, 0.5}, {-0.5, 0.5}};
  const auto gym = sim::SafetyGym::Create(config);
  REQUIRE(gym.ok());
  REQUIRE((*gym)->Reset(1).ok());
  const VariedWorlds worlds(**gym, 0.3);
  CHECK(worlds.dimensions() == 2 * (1 + 6 + 1) + 1);
}

}  // namespace lookout::agents
