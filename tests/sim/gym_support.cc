#include "tests/sim/gym_support.h"

#include <doctest/doctest.h>

namespace lookout::sim::test {

std::unique_ptr<SafetyGym> MakeGym(const EnvironmentConfig& config) {
  auto gym = SafetyGym::Create(config);
  REQUIRE_MESSAGE(gym.ok(), (gym.ok() ? "" : gym.error().message));
  return std::move(*gym);
}

std::unique_ptr<SafetyGym> MakeGym(std::string_view id) { return MakeGym(ConfigOf(id)); }

EnvironmentConfig ConfigOf(std::string_view id) {
  const auto config = ConfigForId(id);
  REQUIRE(config.ok());
  return *config;
}

EnvironmentConfig EmptyFloor() {
  EnvironmentConfig config;
  config.robot_base = RobotKind::kPoint;
  config.placements_extents = {-4, -4, 4, 4};
  config.robot_locations = {{0, 0}};
  config.robot_rot = 0.0;
  config.goal_locations = {{-3, 0}};
  return config;
}

void Start(SafetyGym& gym, std::uint32_t seed) {
  const Status status = gym.Reset(seed);
  REQUIRE_MESSAGE(status.ok(), (status.ok() ? "" : status.error().message));
}

Eigen::VectorXd Action(std::initializer_list<double> components) {
  Eigen::VectorXd action(static_cast<Eigen::Index>(components.size()));
  std::copy(components.begin(), components.end(), action.begin());
  return action;
}

Eigen::VectorXd RandomAction(const SafetyGym& gym, RandomState& random) {
  Eigen::VectorXd action(gym.spec().action_dim);
  for (double& component : action) component = random.Uniform(-1, 1);
  return action;
}

const SceneObject& Find(const SafetyGym& gym, SceneObjectKind kind, int index) {
  for (const SceneObject& object : gym.scene().objects) {
    if (object.kind == kind && object.index == index) return object;
  }
  FAIL("the scene lacks an object");
  return gym.scene().objects.front();
}

Eigen::Vector3d PositionOf(const SafetyGym& gym, SceneObjectKind kind, int index) {
  Eigen::Matrix3Xd positions;
  gym.ObjectPositions(positions);
  const SceneObject* object = &Find(gym, kind, index);
  return positions.col(object - gym.scene().objects.data());
}

void PlaceRobot(SafetyGym& gym, double x_m, double y_m) {
  const double height_m = gym.robot_position_in_world().z();
  gym.MoveBody(gym.scene().robot_body, {x_m, y_m, height_m}, {1, 0, 0, 0});
}

}  // namespace lookout::sim::test
