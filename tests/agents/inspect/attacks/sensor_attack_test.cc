// How far the sensors of one moment have to be off for the verdict to turn.
#include "agents/inspect/attacks/sensor_attack.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>

#include "tests/agents/inspect/verification/verification_support.h"
#include "tests/support/contains.h"

namespace lookout::agents {
namespace {

constexpr int kNearBin = 3;

// An observation whose nearest hazard is so far away, in one bin of the lidar, and all else zero.
struct OneSight {
  std::unique_ptr<sim::SafetyGym> gym = test::ResetGym();
  sim::ObservationEntry lidar = *gym->spec().FindEntry("hazards_lidar");
  Eigen::VectorXf scales =
      ScalesOf(gym->spec(), Eigen::MatrixXf::Zero(gym->spec().observation_dim, 2));

  Eigen::VectorXf At(double distance_m) const {
    Eigen::VectorXf seen = Eigen::VectorXf::Zero(gym->spec().observation_dim);
    seen[lidar.offset + kNearBin] = static_cast<float>(1.0 - distance_m / 3.0);
    return seen;
  }
};

}  // namespace

// Unsafe nearer than 0.25 m, by the nearest hazard's lidar alone, 1 - d / 3: at 0.1 m it has to
// read 0.05 less.
TEST_CASE("sensor attack: the smallest budget is where the verdict turns, and names the bin") {
  const OneSight sight;
  const CostModelPtr model = test::HandMadeModel(*sight.gym, 0.25, nullptr, 100.0F);
  for (const double distance_m : {0.1, 0.4}) {
    CAPTURE(distance_m);
    const auto attack = AttackSensors(*model, sight.gym->spec(), sight.At(distance_m), sight.scales,
                                      {.budget = 0.08});
    REQUIRE(attack.ok());
    CHECK(attack->was_unsafe == (distance_m < 0.25));
    CHECK(attack->turned);
    REQUIRE(attack->smallest_budget);
    CHECK(*attack->smallest_budget >= 0.0499);
    CHECK(*attack->smallest_budget < 0.05 + 0.1 / 32);
    REQUIRE_FALSE(attack->told.empty());
    const ChangedValue& most = attack->told[0];
    CHECK(most.key == "hazards_lidar");
    CHECK(most.place == kNearBin);
    CHECK((most.after < most.before) == attack->was_unsafe);
    CHECK(attack->change[sight.lidar.offset + kNearBin] == most.after - most.before);
    const double difference =
        LogOddsOf(attack->attacked_probability) - LogOddsOf(attack->probability);
    CHECK(attack->effects.sum() == doctest::Approx(difference).epsilon(0.1));
  }
}

TEST_CASE("sensor attack: below the smallest budget nothing turns, and noise turns no more") {
  const OneSight sight;
  const CostModelPtr model = test::HandMadeModel(*sight.gym, 0.25, nullptr, 100.0F);
  const auto held =
      AttackSensors(*model, sight.gym->spec(), sight.At(0.1), sight.scales, {.budget = 0.03});
  REQUIRE(held.ok());
  CHECK_FALSE(held->turned);
  CHECK(held->turned_by_noise == 0);
  CHECK(held->attacked_probability < held->probability);
  CHECK((held->change.cwiseAbs() - 0.03F * sight.scales).maxCoeff() < 1e-6F);
  // Noise lowers the one bin that counts in half of its draws.
  const auto turned =
      AttackSensors(*model, sight.gym->spec(), sight.At(0.1), sight.scales, {.budget = 0.06});
  REQUIRE(turned.ok());
  CHECK(turned->draws == 200);
  CHECK(turned->turned_by_noise > 50);
  CHECK(turned->turned_by_noise < 150);
  const auto far = AttackSensors(*model, sight.gym->spec(), sight.At(1.0), sight.scales, {});
  REQUIRE(far.ok());
  CHECK_FALSE(far->smallest_budget);
}

TEST_CASE("sensor attack: the smallest budget goes with the verdict at every budget") {
  const OneSight sight;
  const CostModelPtr model = test::RandomModel(*sight.gym, 5);
  const Eigen::VectorXf seen = sight.gym->observation().cast<float>();
  const Eigen::VectorXf scales = Eigen::VectorXf::Ones(seen.size());
  const double probability =
      AttackSensors(*model, sight.gym->spec(), seen, scales, {})->probability;
  for (const double budget : {0.0, 0.005, 0.02, 0.05, 0.1}) {
    CAPTURE(budget);
    const SensorAttackSettings settings{.budget = budget, .threshold = probability + 0.05};
    const auto attack = AttackSensors(*model, sight.gym->spec(), seen, scales, settings);
    const auto again = AttackSensors(*model, sight.gym->spec(), seen, scales, settings);
    REQUIRE(attack.ok());
    REQUIRE(again.ok());
    CHECK(attack->turned == (attack->smallest_budget && *attack->smallest_budget <= budget));
    CHECK(attack->change == again->change);
    CHECK(attack->turned_by_noise == again->turned_by_noise);
  }
}

TEST_CASE(
    "sensor attack: what does not fit or is not complete is rejected, and it can be stopped") {
  const OneSight sight;
  const CostModelPtr model = test::HandMadeModel(*sight.gym, 0.25);
  const sim::EnvironmentSpec& spec = sight.gym->spec();
  Eigen::VectorXf seen = sight.At(0.1);
  const auto stopped = AttackSensors(*model, spec, seen, sight.scales, {}, [] { return false; });
  REQUIRE_FALSE(stopped.ok());
  CHECK(stopped.error().code == ErrorCode::kFailure);
  seen[0] = std::numeric_limits<float>::quiet_NaN();
  const auto unknown = AttackSensors(*model, spec, seen, sight.scales, {});
  REQUIRE_FALSE(unknown.ok());
  CHECK(lookout::Contains(unknown.error().message, "without all of its observation"));
  const auto other = test::ResetGym(0, "CarButton1");
  CHECK_FALSE(AttackSensors(*model, other->spec(), seen, sight.scales, {}).ok());
}

}  // namespace lookout::agents
