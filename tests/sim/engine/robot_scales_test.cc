// Robots that are not as they were built: what moves otherwise, and by how much.
#include <doctest/doctest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "sim/config/config.h"
#include "sim/engine/safety_gym.h"

namespace lookout::sim {
namespace {

// An empty floor, the robot in its middle, facing +x.
EnvironmentConfig FloorOf(const std::string& robot, const char* scale, double value) {
  return ParseConfig({{"robot_base", robot},
                      {"task", "none"},
                      {"robot_locations", {{0, 0}}},
                      {"robot_rot", 0},
                      {scale, value}},
                     "floor")
      .value();
}

// Of the robot's body on the floor, m/s, after so many steps of an action of all components, and
// so many in which it was left alone.
double SpeedAfter(const EnvironmentConfig& config, double action, int driven, int alone) {
  auto gym = SafetyGym::Create(config);
  REQUIRE(gym.ok());
  REQUIRE((*gym)->Reset(1).ok());
  Eigen::VectorXd actions = Eigen::VectorXd::Constant((*gym)->spec().action_dim, action);
  if (config.robot_base == RobotKind::kPoint) actions[1] = 0.0;  // does not turn
  for (int t = 0; t < driven + alone; ++t) {
    if (t == driven) actions.setZero();
    (*gym)->Step(actions);
  }
  return (*gym)->Save().qvel.head(2).norm();
}

double PointSpeed(const char* scale, double value, double action, int driven, int alone) {
  return SpeedAfter(FloorOf("xmls/point.xml", scale, value), action, driven, alone);
}

TEST_CASE("half the force gives half the speed at first, whether it is clipped or not") {
  for (const double action : {0.1, 1.0}) {
    CAPTURE(action);
    const double usual = PointSpeed("robot_force_scale", 1.0, action, 3, 0);
    const double weak = PointSpeed("robot_force_scale", 0.5, action, 3, 0);
    CHECK(usual > 0.001);
    CHECK(weak / usual == doctest::Approx(0.5).epsilon(0.01));
  }
}

TEST_CASE("a robot of twice the mass gains half the speed and keeps it for longer") {
  const double usual = PointSpeed("robot_mass_scale", 1.0, 1.0, 3, 0);
  const double heavy = PointSpeed("robot_mass_scale", 2.0, 1.0, 3, 0);
  CHECK(heavy / usual == doctest::Approx(0.5).epsilon(0.05));
  const double usual_kept = PointSpeed("robot_mass_scale", 1.0, 1.0, 3, 50) / usual;
  const double heavy_kept = PointSpeed("robot_mass_scale", 2.0, 1.0, 3, 50) / heavy;
  CHECK(heavy_kept > usual_kept + 0.1);
}

TEST_CASE("a robot whose joints have hardly any damping keeps its speed") {
  const auto kept = [](double scale) {
    return PointSpeed("robot_damping_scale", scale, 1.0, 10, 100) /
           PointSpeed("robot_damping_scale", scale, 1.0, 10, 0);
  };
  CHECK(kept(1.0) < 0.5);
  CHECK(kept(0.1) > 0.6);
}

TEST_CASE("every robot can be scaled") {
  for (const char* robot : {"xmls/car.xml", "xmls/doggo.xml"}) {
    for (const char* scale : {"robot_force_scale", "robot_mass_scale"}) {
      CAPTURE(robot);
      CAPTURE(scale);
      const double usual = SpeedAfter(FloorOf(robot, scale, 1.0), 0.5, 5, 0);
      const double scaled = SpeedAfter(FloorOf(robot, scale, 2.0), 0.5, 5, 0);
      CHECK(std::isfinite(scaled));
      CHECK(usual != scaled);
    }
  }
}

}  // namespace
}  // namespace lookout::sim
