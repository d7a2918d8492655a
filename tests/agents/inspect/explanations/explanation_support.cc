#include "tests/agents/inspect/explanations/explanation_support.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include "sim/base/random_state.h"
#include "sim/config/config_file.h"

namespace lookout::agents::test {
namespace {

template <typename T>
T MustHave(Result<T> result) {
  REQUIRE_MESSAGE(result.ok(), (result.ok() ? "" : result.error().message));
  return std::move(*result);
}

}  // namespace

CostModelPtr ShippedModel() {
  std::ifstream file(std::string(LOOKOUT_SOURCE_DIR) + "/assets/cost_models/pointgoal1.costmodel",
                     std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  return MustHave(DecodeCostModel(bytes));
}

CostModelPtr RandomModel(const sim::ObservationSignature& signature, bool nearest_things,
                         std::uint32_t seed) {
  const int dim = signature.observation_dim();
  CostEnsemble ensemble{.id = CostModelId{1}, .signature = signature};
  ensemble.inputs = nearest_things ? MustHave(CostInputs::Create(dim, LidarInputs(signature), {0}))
                                   : MustHave(CostInputs::Create(dim, {}));
  RandomState random(seed);
  Eigen::MatrixXf seen(ensemble.inputs.dim(), 50);
  for (float& value : seen.reshaped()) value = static_cast<float>(random.Normal());
  ensemble.normaliser = Normaliser(ensemble.inputs.dim());
  ensemble.normaliser.Update(seen);
  for (int member = 0; member < 3; ++member) {
    Mlp network({ensemble.inputs.dim(), 12, 12, 1});
    network.InitialiseOrthogonal(random, /*output_gain=*/1.0);
    ensemble.members.push_back(std::move(network));
  }
  ensemble.calibration = {.temperature = 0.8, .bias = -0.3};
  return MakeCostModel(std::move(ensemble));
}

std::unique_ptr<sim::SafetyGym> World(const sim::EnvironmentConfig& config, std::uint32_t seed) {
  auto world = MustHave(sim::SafetyGym::Create(config));
  const Status reset = world->Reset(seed);
  REQUIRE_MESSAGE(reset.ok(), (reset.ok() ? "" : reset.error().message));
  return world;
}

std::unique_ptr<sim::SafetyGym> PointGoalMoment(std::uint32_t seed, int steps) {
  auto world = World(MustHave(sim::ConfigForId("Safexp-PointGoal1-v0")), seed);
  RandomState random(2);
  for (int i = 0; i < steps; ++i) {
    world->Step(Eigen::Vector2d(random.Uniform(-1, 1), random.Uniform(-1, 1)));
  }
  return world;
}

std::unique_ptr<sim::SafetyGym> AmongHazards(const std::vector<std::array<double, 2>>& places) {
  sim::EnvironmentConfig config;
  config.id = "hazards";
  config.robot_rot = 0.0;
  config.robot_locations = {{0, 0}};
  config.task = sim::Task::kNone;
  config.observe_hazards = true;
  config.lidar_max_dist = 3.0;
  config.lidar_num_bins = 16;
  config.placements_extents = {-4, -4, 4, 4};
  config.hazards.num = static_cast<int>(places.size());
  config.hazards.keepout_m = 0.01;
  config.robot_keepout = 0.01;
  config.placements_margin = 0.0;
  config.hazards.locations.assign(places.begin(), places.end());
  return World(config);
}

void StandBefore(sim::SafetyGym& world, int hazard, double distance_m) {
  Eigen::Matrix3Xd places;
  world.ObjectPositions(places);
  const Eigen::Vector3d there = places.col(ObjectOf(world, sim::SceneObjectKind::kHazard, hazard)) -
                                Eigen::Vector3d(distance_m, 0, 0);
  world.MoveBody(world.scene().robot_body,
                 {there.x(), there.y(), world.robot_position_in_world().z()}, {1, 0, 0, 0});
}

int ObjectOf(const sim::SafetyGym& world, sim::SceneObjectKind kind, int index) {
  const auto& objects = world.scene().objects;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (objects[i].kind == kind && objects[i].index == index) return static_cast<int>(i);
  }
  FAIL("no such object");
  return 0;
}

int PlaceOf(const sim::SafetyGym& world, std::string_view key) {
  const sim::ObservationEntry* const entry = world.spec().FindEntry(key);
  REQUIRE(entry != nullptr);
  return entry->offset;
}

}  // namespace lookout::agents::test
