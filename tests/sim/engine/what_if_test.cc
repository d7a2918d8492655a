#include "sim/engine/what_if.h"

#include <doctest/doctest.h>

#include <Eigen/Geometry>
#include <cmath>
#include <numbers>
#include <vector>

#include "tests/sim/gym_support.h"

using namespace lookout::sim;

namespace {

std::vector<std::uint8_t> Nothing(const SafetyGym& gym) {
  return std::vector<std::uint8_t>(gym.scene().objects.size(), 0);
}

std::size_t IndexOf(const SafetyGym& gym, SceneObjectKind kind, int index) {
  const auto& objects = gym.scene().objects;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (objects[i].kind == kind && objects[i].index == index) return i;
  }
  FAIL("no such object");
  return 0;
}

// After some steps of chance.
std::unique_ptr<SafetyGym> Moment(const EnvironmentConfig& config, int steps = 30) {
  auto gym = test::MakeGym(config);
  test::Start(*gym, 6);
  lookout::RandomState random(2);
  for (int i = 0; i < steps; ++i) gym->Step(test::RandomAction(*gym, random));
  return gym;
}

}  // namespace

TEST_CASE("With nothing left out, the observation is the world's own") {
  for (const char* id : {"Safexp-PointGoal2-v0", "Safexp-PointPush2-v0", "Safexp-PointButton2-v0",
                         "Safexp-CarGoal1-v0", "Safexp-PointCircle-v0"}) {
    CAPTURE(id);
    const auto gym = Moment(test::ConfigOf(id));
    Eigen::VectorXd seen;
    ObserveWithout(*gym, Nothing(*gym), seen);
    CHECK(seen == gym->observation());
  }
}

TEST_CASE("Leaving an object out shows what a world made without it shows") {
  EnvironmentConfig config = test::EmptyFloor();
  config.observe_hazards = config.observe_vases = true;
  config.hazards.num = 3;
  config.hazards.locations = {{1, 0.5}, {-0.5, 1}, {0.4, -1.2}};
  config.vases.num = 1;
  config.vases.locations = {{1.5, -1}};
  const auto gym = Moment(config, 0);
  EnvironmentConfig fewer = config;
  fewer.hazards.num = 2;
  fewer.hazards.locations = {{1, 0.5}, {-0.5, 1}};  // without the last
  const auto world_without = Moment(fewer, 0);
  std::vector<std::uint8_t> unseen = Nothing(*gym);
  unseen[IndexOf(*gym, SceneObjectKind::kHazard, 2)] = 1;
  Eigen::VectorXd seen;
  ObserveWithout(*gym, unseen, seen);
  CHECK((seen - gym->observation()).norm() > 0.1);
  CHECK((seen - world_without->observation()).cwiseAbs().maxCoeff() < 1e-9);
}

TEST_CASE("A goal that is left out is in no lidar, compass or distance") {
  EnvironmentConfig config = test::ConfigOf("Safexp-PointGoal1-v0");
  config.observe_goal_comp = config.observe_goal_dist = true;
  const auto gym = Moment(config);
  std::vector<std::uint8_t> unseen = Nothing(*gym);
  unseen[IndexOf(*gym, SceneObjectKind::kGoal, 0)] = 1;
  Eigen::VectorXd seen;
  ObserveWithout(*gym, unseen, seen);
  for (const ObservationEntry& entry : gym->spec().observation_entries) {
    CAPTURE(entry.key);
    const auto part = seen.segment(entry.offset, entry.size);
    if (entry.key.starts_with("goal_")) {
      CHECK(part.isZero(0.0));
    } else {
      CHECK(part == gym->observation().segment(entry.offset, entry.size));
    }
  }
}

TEST_CASE("The goal button is in both lidars and leaves both") {
  const auto gym = Moment(test::ConfigOf("Safexp-PointButton1-v0"), 0);
  const auto reading = [&](const Eigen::VectorXd& seen, const char* key) {
    const ObservationEntry* const entry = gym->spec().FindEntry(key);
    REQUIRE(entry != nullptr);
    return seen.segment(entry->offset, entry->size).maxCoeff();
  };
  std::vector<std::uint8_t> unseen(gym->scene().objects.size(), 1);
  std::uint8_t& goal_button =
      unseen[IndexOf(*gym, SceneObjectKind::kButton, gym->Save().goal_button)];
  goal_button = 0;  // alone
  Eigen::VectorXd seen;
  ObserveWithout(*gym, unseen, seen);
  CHECK(reading(seen, "goal_lidar") == reading(gym->observation(), "goal_lidar"));
  CHECK(reading(seen, "buttons_lidar") == reading(seen, "goal_lidar"));
  goal_button = 1;
  ObserveWithout(*gym, unseen, seen);
  CHECK(reading(seen, "goal_lidar") == 0.0);
  CHECK(reading(seen, "buttons_lidar") == 0.0);
}

TEST_CASE("Worlds in which objects hide each other are refused by their option") {
  EnvironmentConfig config = test::ConfigOf("Safexp-PointGoal1-v0");
  CHECK(CheckObjectsCanBeLeftOut(config).ok());
  config.lidar_type = LidarType::kNatural;
  CHECK(CheckObjectsCanBeLeftOut(config).error().message.find("lidar_type") != std::string::npos);
}

TEST_CASE("A robot that is not moved observes what it did, whatever was asked before") {
  for (const char* id : {"Safexp-PointGoal2-v0", "Safexp-CarGoal1-v0", "Safexp-DoggoGoal1-v0"}) {
    CAPTURE(id);
    const auto gym = Moment(test::ConfigOf(id));
    const Eigen::VectorXd before = gym->observation();
    const SimState state = gym->Save();
    ObserveMoved(*gym, state, {.shift_in_world_m = {0.4, -0.3}, .turn_rad = 1.0});
    CHECK(gym->observation() != before);
    ObserveMoved(*gym, state, {});
    CHECK((gym->observation() - before).cwiseAbs().maxCoeff() < 1e-12);
  }
}

TEST_CASE("A robot is moved by as much as was asked, and its motion turns along") {
  for (const char* id : {"Safexp-PointGoal1-v0", "Safexp-CarGoal1-v0", "Safexp-DoggoGoal1-v0"}) {
    CAPTURE(id);
    const auto gym = Moment(test::ConfigOf(id));
    const Eigen::Vector3d place = gym->robot_position_in_world();
    const Eigen::Matrix3d world_from_robot = gym->world_from_robot_rotation();
    const Eigen::Vector3d motion_in_robot =
        world_from_robot.transpose() * gym->robot_velocity_in_world();
    const double turn_rad = 0.7;
    ObserveMoved(*gym, gym->Save(), {.shift_in_world_m = {0.4, -0.3}, .turn_rad = turn_rad});
    const Eigen::Vector3d shift = gym->robot_position_in_world() - place;
    CHECK((shift - Eigen::Vector3d(0.4, -0.3, 0)).norm() < 1e-9);
    const Eigen::Matrix3d turned =
        Eigen::AngleAxisd(turn_rad, Eigen::Vector3d::UnitZ()) * world_from_robot;
    CHECK((gym->world_from_robot_rotation() - turned).norm() < 1e-9);
    CHECK((turned.transpose() * gym->robot_velocity_in_world() - motion_in_robot).norm() < 1e-9);
  }
}

TEST_CASE("A speed that is asked for points along the heading") {
  for (const char* id : {"Safexp-PointGoal1-v0", "Safexp-CarGoal1-v0"}) {
    CAPTURE(id);
    const auto gym = Moment(test::ConfigOf(id));
    ObserveMoved(*gym, gym->Save(), {.turn_rad = 2.0, .forward_m_s = 0.8});
    const Eigen::Vector2d ahead = gym->world_from_robot_rotation().col(0).head<2>().normalized();
    CHECK((gym->robot_velocity_in_world().head<2>() - 0.8 * ahead).norm() < 1e-9);
    const ObservationEntry* const speed = gym->spec().FindEntry("velocimeter");
    REQUIRE(speed != nullptr);
    CHECK(gym->observation()[speed->offset] == doctest::Approx(0.8).epsilon(0.01));
  }
}

TEST_CASE("Lidars turn against the robot by whole bins") {
  const auto gym = Moment(test::ConfigOf("Safexp-PointGoal1-v0"), 0);
  const ObservationEntry* const lidar = gym->spec().FindEntry("hazards_lidar");
  REQUIRE(lidar != nullptr);
  const Eigen::VectorXd before = gym->observation().segment(lidar->offset, lidar->size);
  const double bin_rad = 2 * std::numbers::pi / lidar->size;
  ObserveMoved(*gym, gym->Save(), {.turn_rad = bin_rad});
  const Eigen::VectorXd after = gym->observation().segment(lidar->offset, lidar->size);
  for (int i = 0; i < lidar->size; ++i) {
    CHECK(after[i] == doctest::Approx(before[(i + 1) % lidar->size]).epsilon(1e-6));
  }
}

TEST_CASE("What the rule charges without an object is what a world made without it charges") {
  EnvironmentConfig config = test::EmptyFloor();
  config.observe_hazards = config.constrain_hazards = true;
  config.hazards.num = 2;
  config.hazards.size_m = 0.3;
  config.hazards.keepout_m = 0.01;
  config.hazards.locations = {{0.5, 0}, {0.6, 0.1}};
  const auto gym = Moment(config, 0);
  const SimState start = gym->Save();
  const auto charged = [&](std::vector<std::uint8_t> without) {
    return ChargeWithout(*gym, without).total;
  };
  const std::size_t first = IndexOf(*gym, SceneObjectKind::kHazard, 0);
  const std::size_t second = IndexOf(*gym, SceneObjectKind::kHazard, 1);
  CHECK(charged({}) == 0.0);
  Eigen::Matrix3Xd places;
  gym->ObjectPositions(places);
  const Eigen::Vector3d robot = gym->robot_position_in_world();
  // Into both, then into the first alone.
  ObserveMoved(
      *gym, start,
      {.shift_in_world_m = (places.col(static_cast<Eigen::Index>(first)) - robot).head<2>()});
  std::vector<std::uint8_t> without = Nothing(*gym);
  CHECK(charged({}) == 1.0);
  CHECK(charged(without) == 1.0);
  without[first] = 1;
  CHECK(charged(without) == 1.0);  // the second one still is there
  without[second] = 1;
  CHECK(charged(without) == 0.0);
}
