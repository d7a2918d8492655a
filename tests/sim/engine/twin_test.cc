// A twin has the future of what it follows.
#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "sim/base/random_state.h"
#include "sim/engine/safety_gym.h"

namespace lookout::sim {
namespace {

struct Pair {
  explicit Pair(const char* id)
      : config(*ConfigForId(id)),
        original(*SafetyGym::Create(config)),
        twin(*SafetyGym::Create(config)) {}

  void Drive(int steps) {
    Eigen::VectorXd action(original->spec().action_dim);
    for (int i = 0; i < steps; ++i) {
      for (double& value : action) value = random.Uniform(-1, 1);
      original->Step(action);
    }
  }
  // Both do the same for some steps; every number agrees.
  void CheckSameFuture(int steps) {
    Eigen::VectorXd action(original->spec().action_dim);
    for (int i = 0; i < steps; ++i) {
      for (double& value : action) value = random.Uniform(-1, 1);
      const StepResult expected = original->Step(action);
      const StepResult found = twin->Step(action);
      REQUIRE(found.reward == expected.reward);
      REQUIRE(found.costs.by_kind == expected.costs.by_kind);
      REQUIRE(found.goal_met == expected.goal_met);
      REQUIRE(twin->observation() == original->observation());
    }
    CHECK(twin->Save().random == original->Save().random);
  }

  EnvironmentConfig config;
  std::unique_ptr<SafetyGym> original;
  std::unique_ptr<SafetyGym> twin;
  RandomState random{3};
};

TEST_CASE("a twin has the same future bit for bit, in every episode and whatever it tried before") {
  for (const char* id : {"PointGoal1", "CarPush1", "PointButton1", "DoggoGoal0"}) {
    CAPTURE(id);
    Pair pair(id);
    for (std::uint32_t seed = 1; seed <= 2; ++seed) {
      REQUIRE(pair.original->Reset(seed).ok());
      pair.Drive(25);
      REQUIRE(pair.twin->Follow(*pair.original).ok());
      CHECK(pair.twin->observation() == pair.original->observation());
      pair.twin->StepUnobserved(Eigen::VectorXd::Ones(pair.original->spec().action_dim));
      REQUIRE(pair.twin->Follow(*pair.original).ok());
      pair.CheckSameFuture(25);
    }
  }
}

TEST_CASE("steps that are not observed lead to the same state") {
  Pair pair("PointGoal1");
  REQUIRE(pair.original->Reset(4).ok());
  REQUIRE(pair.twin->Follow(*pair.original).ok());
  const Eigen::VectorXd action = Eigen::VectorXd::Constant(2, 0.7);
  const Eigen::VectorXd observed = pair.twin->observation();
  for (int i = 0; i < 20; ++i) {
    CHECK(pair.twin->StepUnobserved(action).reward == pair.original->Step(action).reward);
  }
  CHECK(pair.twin->observation() == observed);
  pair.CheckSameFuture(5);
}

TEST_CASE("a person's hand on the world is not foreseen") {
  Pair pair("PointGoal1");
  REQUIRE(pair.original->Reset(4).ok());
  pair.original->SetPerturbation(
      {.body = pair.original->scene().robot_body, .force_n = Eigen::Vector3d(0.01, 0.01, 0)});
  REQUIRE(pair.twin->Follow(*pair.original).ok());
  for (int i = 0; i < 10; ++i) {
    pair.original->Step(Eigen::VectorXd::Zero(2));
    pair.twin->Step(Eigen::VectorXd::Zero(2));
  }
  const Eigen::Vector3d pushed = pair.original->robot_position_in_world();
  CHECK((pair.twin->robot_position_in_world() - pushed).norm() > 1e-3);
}

TEST_CASE("what is held stands still while the robot moves as it would, and is let go again") {
  Pair pair("PointGoal2");
  REQUIRE(pair.original->Reset(4).ok());
  pair.Drive(30);
  const auto& objects = pair.original->scene().objects;
  Eigen::Matrix3Xd before, after;
  pair.original->ObjectPositions(before);
  std::vector<std::uint8_t> held(objects.size(), 1);
  REQUIRE(pair.twin->FollowHolding(*pair.original, held).ok());
  for (int i = 0; i < 20; ++i) {
    const Eigen::VectorXd action = Eigen::VectorXd::Constant(2, 0.5);
    pair.twin->StepUnobserved(action);
    pair.original->Step(action);
  }
  pair.twin->ObjectPositions(after);
  int vases = 0;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (objects[i].kind != SceneObjectKind::kVase) continue;
    ++vases;
    const auto column = static_cast<Eigen::Index>(i);
    CHECK((after.col(column) - before.col(column)).norm() < 1e-4);
  }
  CHECK(vases == 10);
  const Eigen::Vector3d apart =
      pair.twin->robot_position_in_world() - pair.original->robot_position_in_world();
  CHECK(apart.norm() < 1e-6);
  REQUIRE(pair.twin->Follow(*pair.original).ok());
  pair.CheckSameFuture(25);
}

TEST_CASE("what moves is not held") {
  Pair pair("PointGoal2");
  REQUIRE(pair.original->Reset(4).ok());
  pair.Drive(5);
  SimState state = pair.original->Save();
  const auto first_vase = static_cast<Eigen::Index>(state.qvel.size()) - 60;
  state.qvel[first_vase] = 0.5;
  REQUIRE(pair.original->Restore(state).ok());
  const std::vector<std::uint8_t> held(pair.original->scene().objects.size(), 1);
  REQUIRE(pair.twin->FollowHolding(*pair.original, held).ok());
  CHECK(pair.twin->StepUnobserved(Eigen::VectorXd::Zero(2)).costs.total > 0.0);
}

TEST_CASE("a robot alone moves as it does among things that it does not touch") {
  Pair pair("PointGoal1");
  const EnvironmentConfig bare = *ConfigForId("PointGoal0");
  const auto alone = *SafetyGym::Create(bare);
  REQUIRE(pair.original->Reset(4).ok());
  CHECK_FALSE(alone->FollowRobot(*pair.original).ok());
  REQUIRE(alone->Reset(9).ok());
  pair.Drive(30);
  REQUIRE(alone->FollowRobot(*pair.original).ok());
  for (int i = 0; i < 20; ++i) {
    const Eigen::VectorXd action = Eigen::VectorXd::Constant(2, 0.5);
    alone->StepUnobserved(action);
    pair.original->Step(action);
  }
  const Eigen::Vector3d apart =
      alone->robot_position_in_world() - pair.original->robot_position_in_world();
  CHECK(apart.norm() < 1e-3);
}

TEST_CASE("a world of another configuration is not followed") {
  Pair pair("PointGoal1");
  REQUIRE(pair.original->Reset(1).ok());
  const auto other = *SafetyGym::Create(*ConfigForId("CarGoal1"));
  CHECK_FALSE(other->Follow(*pair.original).ok());
  REQUIRE(other->Reset(1).ok());
  CHECK_FALSE(other->FollowRobot(*pair.original).ok());
}

}  // namespace
}  // namespace lookout::sim
