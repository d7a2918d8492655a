#include "agents/inspect/attacks/observation_attack.h"

#include <doctest/doctest.h>

#include <vector>

#include "sim/engine/what_if.h"
#include "tests/agents/inspect/verification/verification_support.h"

namespace lookout::agents {
namespace {

// The robot at so many distances from the first hazard's centre, one observation each, all other
// hazards out of what is seen.
struct Sights {
  std::unique_ptr<sim::SafetyGym> gym = test::ResetGym();
  Eigen::MatrixXf observations;
  std::vector<bool> unsafe;

  explicit Sights(const std::vector<double>& distances) {
    const sim::SimState start = gym->Save();
    Eigen::Matrix3Xd places;
    gym->ObjectPositions(places);
    const auto& objects = gym->scene().objects;
    std::vector<std::uint8_t> unseen(objects.size(), 0);
    Eigen::Index first = -1;
    for (std::size_t i = 0; i < objects.size(); ++i) {
      if (objects[i].kind != sim::SceneObjectKind::kHazard) continue;
      if (first < 0)
        first = static_cast<Eigen::Index>(i);
      else
        unseen[i] = 1;
    }
    const Eigen::Vector2d robot = gym->robot_position_in_world().head<2>();
    observations.resize(gym->spec().observation_dim, 0);
    for (const double distance : distances) {
      const Eigen::Vector2d there = places.col(first).head<2>() + Eigen::Vector2d(distance, 0.0);
      sim::ObserveMoved(*gym, start, {.shift_in_world_m = there - robot});
      Eigen::VectorXd seen(gym->spec().observation_dim);
      sim::ObserveWithout(*gym, unseen, seen);
      observations.conservativeResize(Eigen::NoChange, observations.cols() + 1);
      observations.rightCols(1) = seen.cast<float>();
      unsafe.push_back(distance < 0.25);
    }
  }
};

}  // namespace

// Unsafe nearer than 0.25 m, told by the nearest hazard's lidar alone, 1 - d / 3: from 0.1 m it has
// to read 0.05 less to be called safe, from 0.4 m as much more to be called unsafe.
TEST_CASE("observation attack: turns exactly what a budget can turn") {
  const Sights sights({0.1, 0.13, 0.4, 0.37});
  const CostModelPtr model = test::HandMadeModel(*sights.gym, 0.25, nullptr, 100.0F);
  ObservationAttackSettings settings;
  settings.budgets = {0.035, 0.045, 0.06};
  const auto attack =
      AttackObservations(*model, sights.gym->spec(), sights.observations, sights.unsafe, settings);
  REQUIRE(attack.ok());
  CHECK(attack->dangers == 2);
  CHECK(attack->safe == 2);
  CHECK(attack->wrong == 0);
  REQUIRE(attack->budgets.size() == 3);
  CHECK(attack->budgets[0].missed == 0);
  CHECK(attack->budgets[1].missed == 1);
  CHECK(attack->budgets[2].missed == 2);
  CHECK(attack->budgets[0].alarmed == 0);
  CHECK(attack->budgets[1].alarmed == 1);
  CHECK(attack->budgets[2].alarmed == 2);
}

TEST_CASE("observation attack: no value leaves its budget, and lidars stay lidars") {
  const Sights sights({0.02, 0.5, 1.5});
  const CostModelPtr model = test::RandomModel(*sights.gym, 3);
  const Eigen::VectorXf scales = ScalesOf(sights.gym->spec(), sights.observations);
  const Eigen::MatrixXf moved =
      Ascend(ExplainedModel(*model), sights.gym->spec(), sights.observations, scales, 0.1, 1.0, {});
  const Eigen::MatrixXf off = (moved - sights.observations).cwiseAbs();
  CHECK(((0.1F * scales).replicate(1, off.cols()) - off).minCoeff() > -1e-6F);
  CHECK(off.maxCoeff() > 0.05F);
  for (const sim::ObservationEntry& entry : sights.gym->spec().observation_entries) {
    if (!entry.key.ends_with("_lidar")) continue;
    const auto lidar = moved.middleRows(entry.offset, entry.size);
    CHECK(lidar.minCoeff() >= 0.0F);
    CHECK(lidar.maxCoeff() <= 1.0F);
  }
}

TEST_CASE("observation attack: it is stronger than noise, and what is wrong already is left out") {
  std::vector<double> distances;
  for (int i = 0; i < 40; ++i) distances.push_back(0.055 + 0.01 * i);
  const Sights sights(distances);
  // It takes hazards for smaller than what is charged here.
  const CostModelPtr model = test::HandMadeModel(*sights.gym, 0.22, nullptr, 100.0F);
  ObservationAttackSettings settings;
  settings.budgets = {0.05};
  const auto attack =
      AttackObservations(*model, sights.gym->spec(), sights.observations, sights.unsafe, settings);
  REQUIRE(attack.ok());
  CHECK(attack->dangers + attack->safe + attack->wrong == 40);
  CHECK(attack->wrong == 3);
  const BudgetFigures& of = attack->budgets.front();
  CHECK(of.missed + of.alarmed > of.missed_at_random + of.alarmed_at_random);
}

}  // namespace lookout::agents
