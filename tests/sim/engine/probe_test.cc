#include "sim/engine/probe.h"

#include <doctest/doctest.h>

#include "tests/sim/gym_support.h"
#include "tests/support/allocation_counter.h"

using namespace lookout::sim;

namespace {

ObservationProbe ProbeOf(const SafetyGym& gym) {
  Eigen::Matrix3Xd positions;
  gym.ObjectPositions(positions);
  return {gym.config(), gym.scene(), gym.observation(), gym.world_from_robot_rotation(), positions};
}

}  // namespace

TEST_CASE("Where the robot stands, the probe gives the observation itself") {
  for (const char* id : {"Safexp-PointGoal2-v0", "Safexp-PointPush2-v0", "Safexp-CarGoal1-v0",
                         "Safexp-PointCircle-v0", "Safexp-DoggoGoal1-v0"}) {
    CAPTURE(id);
    const auto gym = test::MakeGym(id);
    test::Start(*gym, 6);
    lookout::RandomState random(2);
    for (int i = 0; i < 20; ++i) gym->Step(test::RandomAction(*gym, random));
    const Eigen::Vector3d robot = gym->robot_position_in_world();
    Eigen::VectorXd probed(gym->spec().observation_dim);
    ProbeOf(*gym).ObservationAt(robot.x(), robot.y(), probed);
    CHECK((probed - gym->observation()).cwiseAbs().maxCoeff() <= 1e-12);
  }
}

TEST_CASE("Elsewhere, the probe gives what the robot would see there") {
  const auto gym = test::MakeGym("Safexp-PointGoal1-v0");
  test::Start(*gym, 6);
  test::PlaceRobot(*gym, 0, 0);
  const ObservationProbe probe = ProbeOf(*gym);
  Eigen::VectorXd probed(gym->spec().observation_dim);
  probe.ObservationAt(0.7, -0.4, probed);
  test::PlaceRobot(*gym, 0.7, -0.4);
  for (const LidarRing& ring : gym->scene().lidar_rings) {
    for (int i = ring.observation_offset; i < ring.observation_offset + ring.bins; ++i) {
      CHECK(probed[i] == doctest::Approx(gym->observation()[i]).epsilon(1e-9));
    }
  }
}

TEST_CASE("The probed rule charges hazards by their true boundary and vases by touch") {
  EnvironmentConfig config = test::EmptyFloor();
  config.constrain_hazards = config.constrain_vases = true;
  config.hazards.num = config.vases.num = 1;
  config.hazards.size_m = 0.5;
  config.hazards.locations = {{2, 0}};
  config.vases.locations = {{0, 2}};
  const auto gym = test::MakeGym(config);
  test::Start(*gym);
  const ObservationProbe probe = ProbeOf(*gym);
  CHECK(probe.RuleCostAt(1.499, 0) == 0.0);
  CHECK(probe.RuleCostAt(1.501, 0) == 1.0);
  CHECK(probe.RuleCostAt(0, 1.79) == 0.0);
  CHECK(probe.RuleCostAt(0, 1.81) == 1.0);

  config.constrain_indicator = false;
  config.hazards_cost = 2.0;
  const auto shaped = test::MakeGym(config);
  test::Start(*shaped);
  CHECK(ProbeOf(*shaped).RuleCostAt(2, 0.1) == doctest::Approx(2.0 * 0.4).epsilon(1e-6));
}

TEST_CASE("Probing does not allocate") {
  if (!lookout::test::CountsAllocations()) return;
  const auto gym = test::MakeGym("Safexp-PointGoal2-v0");
  test::Start(*gym);
  const ObservationProbe probe = ProbeOf(*gym);
  Eigen::VectorXd probed(gym->spec().observation_dim);
  double cost = 0;
  CHECK(lookout::test::AllocationsIn([&] {
          for (int i = 0; i < 20; ++i) {
            probe.ObservationAt(0.1 * i, 0, probed);
            cost += probe.RuleCostAt(0.1 * i, 0);
          }
        }) == 0);
  CHECK(cost >= 0);
}
