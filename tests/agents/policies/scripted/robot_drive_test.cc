#include "agents/policies/scripted/robot_drive.h"

#include <doctest/doctest.h>

#include <cmath>
#include <memory>
#include <numbers>
#include <string>
#include <utility>

#include "sim/engine/safety_gym.h"

namespace lookout::agents {
namespace {

constexpr double kDrive_s = 5.0;

// An empty plane with that robot.
std::unique_ptr<sim::SafetyGym> Plane(sim::RobotKind robot) {
  sim::EnvironmentConfig config = *sim::ConfigForId("Safexp-DoggoRun-v0");
  config.robot_base = robot;
  config.task = sim::Task::kNone;
  config.robot_rot = std::nullopt;
  config.sensors_obs = {"velocimeter"};
  return std::move(*sim::SafetyGym::Create(config));
}

double HeadingOf(const sim::SafetyGym& gym) {
  const Eigen::Matrix3d rotation = gym.world_from_robot_rotation();
  return std::atan2(rotation(1, 0), rotation(0, 0));
}

// Where five seconds of one command lead, as seen from the start.
struct Way {
  double ahead_m = 0.0;
  double aside_m = 0.0;  // to the left
  double turned_rad = 0.0;
  double most_tilt = 1.0;  // cosine
};

Way Drive(sim::RobotKind robot, const DriveCommand& command, std::uint32_t seed) {
  const auto gym = Plane(robot);
  REQUIRE(gym->Reset(seed).ok());
  const auto drive = RobotDrive::For(robot, gym->spec());
  REQUIRE(drive.ok());
  DriveMemory memory;
  Eigen::VectorXd action;
  Way way;
  const Eigen::Vector3d start = gym->robot_position_in_world();
  const double start_heading = HeadingOf(*gym);
  double heading = start_heading;
  for (double time = 0.0; time < kDrive_s; time += gym->spec().step_duration_s) {
    drive->Act(command, memory, action);
    REQUIRE(action.cwiseAbs().maxCoeff() <= 1.0);
    REQUIRE_FALSE(IsDone(gym->Step(action).status));
    const double now = HeadingOf(*gym);
    way.turned_rad += std::remainder(now - heading, 2.0 * std::numbers::pi);
    heading = now;
    way.most_tilt = std::min(way.most_tilt, gym->world_from_robot_rotation()(2, 2));
  }
  const double forward = start_heading + drive->forward_angle_rad();
  const Eigen::Vector2d moved = (gym->robot_position_in_world() - start).head<2>();
  way.ahead_m = moved.dot(Eigen::Vector2d(std::cos(forward), std::sin(forward)));
  way.aside_m = moved.dot(Eigen::Vector2d(-std::sin(forward), std::cos(forward)));
  return way;
}

struct Expected {
  sim::RobotKind robot;
  double ahead_m;
  double astern_m;
  double turned_rad;
};
constexpr Expected kRobots[] = {{sim::RobotKind::kPoint, 5.0, 5.0, 10.0},
                                {sim::RobotKind::kCar, 3.0, 2.5, 5.0},
                                {sim::RobotKind::kDoggo, 1.0, 1.3, 2.5}};

TEST_CASE("every robot drives ahead and astern, nearly straight, and stays upright") {
  for (const Expected& expected : kRobots) {
    CAPTURE(static_cast<int>(expected.robot));
    for (const std::uint32_t seed : {1U, 2U}) {
      const Way ahead = Drive(expected.robot, {1.0, 0.0}, seed);
      CHECK(ahead.ahead_m > expected.ahead_m);
      CHECK(std::abs(ahead.aside_m) < 0.6 * ahead.ahead_m);
      CHECK(ahead.most_tilt > 0.5);
      const Way astern = Drive(expected.robot, {-1.0, 0.0}, seed);
      CHECK(astern.ahead_m < -expected.astern_m);
      CHECK(astern.most_tilt > 0.5);
    }
  }
}

TEST_CASE("every robot turns on the spot, to the left and as far to the right") {
  for (const Expected& expected : kRobots) {
    CAPTURE(static_cast<int>(expected.robot));
    const Way left = Drive(expected.robot, {0.0, 1.0}, 1);
    const Way right = Drive(expected.robot, {0.0, -1.0}, 1);
    CHECK(left.turned_rad > expected.turned_rad);
    CHECK(right.turned_rad < -expected.turned_rad);
    CHECK(std::hypot(left.ahead_m, left.aside_m) < 0.6);
  }
}

TEST_CASE("a wish for both bends the way to its side") {
  for (const Expected& expected : kRobots) {
    CAPTURE(static_cast<int>(expected.robot));
    CHECK(Drive(expected.robot, {1.0, 0.4}, 1).turned_rad > 0.5);
    CHECK(Drive(expected.robot, {1.0, -0.4}, 1).turned_rad < -0.5);
  }
}

TEST_CASE("without a wish the robot rests") {
  for (const Expected& expected : kRobots) {
    const Way way = Drive(expected.robot, {}, 1);
    CHECK(std::hypot(way.ahead_m, way.aside_m) < 0.2);
    CHECK(std::abs(way.turned_rad) < 0.2);
  }
}

TEST_CASE("a robot with foreign motors is refused") {
  const sim::EnvironmentSpec spec{.id = "Spider", .action_dim = 8};
  const auto refused = RobotDrive::For(sim::RobotKind::kDoggo, spec);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("Spider") != std::string::npos);
}

}  // namespace
}  // namespace lookout::agents
