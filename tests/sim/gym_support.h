// What the tests of the simulation share: small worlds in which one thing happens.
#pragma once

#include <Eigen/Core>
#include <memory>
#include <string_view>

#include "sim/base/random_state.h"
#include "sim/engine/safety_gym.h"

namespace lookout::sim::test {

// The environment, or a failed check with the reason.
std::unique_ptr<SafetyGym> MakeGym(const EnvironmentConfig& config);
std::unique_ptr<SafetyGym> MakeGym(std::string_view id);

EnvironmentConfig ConfigOf(std::string_view id);

// A point robot at the origin that looks along +x, on a large empty floor, with the goal far away
// behind it.
EnvironmentConfig EmptyFloor();

// Starts the episode of a seed; a failed check if that fails.
void Start(SafetyGym& gym, std::uint32_t seed = 0);

Eigen::VectorXd Action(std::initializer_list<double> components);
Eigen::VectorXd RandomAction(const SafetyGym& gym, RandomState& random);

// The first object of a kind.
const SceneObject& Find(const SafetyGym& gym, SceneObjectKind kind, int index = 0);
Eigen::Vector3d PositionOf(const SafetyGym& gym, SceneObjectKind kind, int index = 0);

// Puts the robot on the floor at (x, y), looking along +x.
void PlaceRobot(SafetyGym& gym, double x_m, double y_m);

}  // namespace lookout::sim::test
