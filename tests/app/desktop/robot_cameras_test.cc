// What robots see: a scene drawn without a display, as an observation.
#include "app/desktop/robot_cameras.h"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <memory>
#include <thread>

#include "sim/engine/safety_gym.h"

using namespace lookout;
using sim::EnvironmentConfig;
using sim::SafetyGym;

namespace {

constexpr int kWidth = 60;
constexpr int kHeight = 40;
constexpr int kAboveRobot = 20;  // the robot sees its own back and nose in the rows below this

// A robot at the origin that looks along x; nothing else is observed than what it sees.
EnvironmentConfig Looking() {
  EnvironmentConfig config = *sim::ConfigForId("Safexp-PointGoal0-v0");
  config.observe_sensors = false;
  config.observe_goal_lidar = false;
  config.observe_vision = true;
  config.placements_extents = {-3, -3, 3, 3};
  config.robot_locations = {{0, 0}};
  config.robot_rot = 0;
  config.goal_locations = {{-2.5, 0}};  // behind
  return config;
}

std::unique_ptr<SafetyGym> Make(const EnvironmentConfig& config) {
  auto gym = SafetyGym::Create(config, app::RobotCameras());
  REQUIRE_MESSAGE(gym.ok(), (gym.ok() ? "" : gym.error().message));
  REQUIRE((*gym)->Reset(0).ok());
  return std::move(*gym);
}

struct Pixel {
  double red;
  double green;
  double blue;
};

// Rows from the bottom, columns from the left.
Pixel At(const Eigen::VectorXd& vision, int row, int column) {
  const Eigen::Index first = 3 * (row * kWidth + column);
  return {vision[first], vision[first + 1], vision[first + 2]};
}

bool IsOrange(const Pixel& pixel) {  // as a button is, more or less lit
  return pixel.red > 1.4 * pixel.green && pixel.green > 3 * pixel.blue && pixel.red > 0.2;
}

// Mean column of the pixels that show the button, or -1.
double ButtonColumn(const Eigen::VectorXd& vision) {
  double sum = 0;
  int count = 0;
  for (int row = kAboveRobot; row < kHeight; ++row) {
    for (int column = 0; column < kWidth; ++column) {
      if (!IsOrange(At(vision, row, column))) continue;
      sum += column;
      ++count;
    }
  }
  return count > 0 ? sum / count : -1;
}

EnvironmentConfig LookingAtButton(double x_m, double y_m) {
  EnvironmentConfig config = Looking();
  config.buttons = {.num = 1, .keepout_m = 0.1, .size_m = 0.25};
  config.buttons.locations = {{x_m, y_m}};
  return config;
}

}  // namespace

TEST_CASE("Vision is rows of columns of three colours between 0 and 1") {
  const auto gym = Make(Looking());
  REQUIRE(gym->spec().observation_entries.size() == 1);
  CHECK(gym->spec().observation_entries[0].key == "vision");
  CHECK(gym->spec().observation_entries[0].size == 3 * kWidth * kHeight);
  const Eigen::VectorXd& vision = gym->observation();
  CHECK(vision.minCoeff() >= 0);
  CHECK(vision.maxCoeff() <= 1);
  // Every value is a byte divided by 255 in single precision.
  for (const double value : vision) {
    const auto byte = static_cast<float>(std::lround(value * 255));
    REQUIRE(value == static_cast<double>(byte / 255.0F));
  }
}

TEST_CASE("The picture stands on its head: the floor comes first, the sky last") {
  const auto gym = Make(Looking());
  const Pixel floor = At(gym->observation(), kAboveRobot, kWidth / 2);
  const Pixel sky = At(gym->observation(), kHeight - 1, kWidth / 2);
  CHECK(std::abs(floor.red - floor.blue) < 0.15);  // grey tiles
  CHECK(sky.blue > sky.red + 0.15);
}

TEST_CASE("What stands on the robot's left is on the left of the picture") {
  const double left = ButtonColumn(Make(LookingAtButton(1.5, 0.7))->observation());
  const double ahead = ButtonColumn(Make(LookingAtButton(1.5, 0))->observation());
  const double right = ButtonColumn(Make(LookingAtButton(1.5, -0.7))->observation());
  CHECK(ButtonColumn(Make(LookingAtButton(-1.5, 0))->observation()) == -1);
  CHECK(left >= 0);
  CHECK(left < ahead - 5);
  CHECK(ahead == doctest::Approx((kWidth - 1) / 2.0).epsilon(0.05));
  CHECK(right > ahead + 5);
}

TEST_CASE("Turning moves the picture, and the same state gives the same picture") {
  const auto gym = Make(LookingAtButton(1.5, 0));
  const sim::SimState start = gym->Save();
  const Eigen::VectorXd before = gym->observation();
  Eigen::VectorXd left(2);
  left << 0, 1;
  const double column_before = ButtonColumn(before);
  double column = column_before;
  for (int i = 0; i < 20 && column >= 0 && column <= column_before + 3; ++i) {
    gym->Step(left);
    column = ButtonColumn(gym->observation());
  }
  CHECK(column > column_before + 3);
  REQUIRE(gym->Restore(start).ok());
  CHECK(gym->observation() == before);
}

TEST_CASE("Every robot sees with its own camera") {
  for (const char* id : {"Safexp-CarGoal1-v0", "Safexp-DoggoGoal1-v0"}) {
    CAPTURE(id);
    EnvironmentConfig config = *sim::ConfigForId(id);
    config.observe_vision = true;
    config.vision_size = {30, 20};
    const auto gym = Make(config);
    const sim::ObservationEntry* entry = gym->spec().FindEntry("vision");
    REQUIRE(entry != nullptr);
    const auto vision = gym->observation().segment(entry->offset, entry->size);
    CHECK(vision.maxCoeff() > vision.minCoeff() + 0.1);
  }
}

TEST_CASE("Several environments on several threads see what each would see alone") {
  const Eigen::VectorXd left = Make(LookingAtButton(1.5, 0.7))->observation();
  const Eigen::VectorXd right = Make(LookingAtButton(1.5, -0.7))->observation();
  const auto watch = [](double y_m, const Eigen::VectorXd& expected, bool& same) {
    auto gym = SafetyGym::Create(LookingAtButton(1.5, y_m), app::RobotCameras());
    for (int i = 0; i < 5 && gym.ok(); ++i) {
      same = (*gym)->Reset(0).ok() && (*gym)->observation() == expected;
      if (!same) return;
    }
  };
  bool same_left = false;
  bool same_right = false;
  {
    const std::jthread first(watch, 0.7, std::cref(left), std::ref(same_left));
    const std::jthread second(watch, -0.7, std::cref(right), std::ref(same_right));
  }
  CHECK(same_left);
  CHECK(same_right);
}

TEST_CASE("An environment may be made on one thread and played on another") {
  const auto gym = Make(LookingAtButton(1.5, 0));
  double column = -1;
  std::jthread([&] {
    gym->Step(Eigen::VectorXd::Zero(2));
    column = ButtonColumn(gym->observation());
  }).join();
  CHECK(column >= 0);
}
