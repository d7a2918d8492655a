#include "agents/inspect/verification/scene.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "tests/agents/inspect/verification/verification_support.h"
#include "tests/support/contains.h"

namespace lookout::agents {
namespace {

void Turn(sim::SafetyGym& gym, double x_m, double y_m, double heading_rad) {
  const double height_m = gym.robot_position_in_world().z();
  gym.MoveBody(gym.scene().robot_body, {x_m, y_m, height_m},
               {std::cos(heading_rad / 2), 0.0, 0.0, std::sin(heading_rad / 2)});
}

// The world's own observation at a pose, without what comes of the robot's motion: a robot that is
// put somewhere is at rest, but MuJoCo's accelerometer feels how it settles.
void CheckSameObservation(const sim::SafetyGym& gym, const Eigen::VectorXf& observed) {
  for (const sim::ObservationEntry& entry : gym.spec().observation_entries) {
    if (entry.key == "accelerometer" || entry.key == "velocimeter" || entry.key == "gyro") continue;
    for (int i = entry.offset; i < entry.offset + entry.size; ++i) {
      CHECK_MESSAGE(std::abs(double(observed[i]) - gym.observation()[i]) < 2e-6,
                    entry.key << " " << i - entry.offset);
    }
  }
}

void CheckWorld(const char* id, std::uint32_t seed) {
  const auto gym = test::ResetGym(seed, id);
  const auto bounds = ModelBounds::Create(test::RandomModel(*gym, 1));
  const auto scene = Scene::Create({.where = PosesInLayout{}}, *bounds, *gym);
  REQUIRE_MESSAGE(scene.ok(), (scene.ok() ? "" : scene.error().message));
  RandomState random(seed);
  Eigen::VectorXf observed(gym->spec().observation_dim);
  for (int i = 0; i < 30; ++i) {
    const Point point{{random.Uniform(-1, 1), random.Uniform(-1, 1), random.Uniform(-3, 3)}, 3};
    Turn(*gym, point.at[0], point.at[1], point.at[2]);
    scene->ObserveAt(point, observed);
    CheckSameObservation(*gym, observed);
    Box box{.dim = 3};
    for (std::size_t j = 0; j < 3; ++j) {
      const double width = random.Uniform(0.0, 0.2);
      const double low = point.at[j] - width * random.RandomSample();
      box.sides[j] = {low, low + width};
    }
    const ObservationBox all = scene->Observe(box);
    for (const sim::ObservationEntry& entry : gym->spec().observation_entries) {
      if (entry.key == "accelerometer" || entry.key == "velocimeter" || entry.key == "gyro")
        continue;
      for (int j = entry.offset; j < entry.offset + entry.size; ++j) {
        CHECK(
            all.values[static_cast<std::size_t>(j)].Widened(1e-7).Contains(gym->observation()[j]));
      }
    }
  }
}

TEST_CASE("a scene observes what the simulator observes, and boxes contain it") {
  CheckWorld("PointGoal1", 0);
  CheckWorld("PointGoal2", 3);
  CheckWorld("PointButton1", 1);  // whose goal is one of the buttons
  CheckWorld("PointPush1", 2);
}

TEST_CASE("the part of a box outside of the question is known") {
  const auto gym = test::ResetGym();
  const auto bounds = ModelBounds::Create(test::RandomModel(*gym, 1));
  const auto near = Scene::Create(
      {.where = PosesInLayout{.of = sim::SceneObjectKind::kHazard}, .speed_m_per_s = 1}, *bounds,
      *gym);
  REQUIRE(near.ok());
  REQUIRE(near->roots().size() == 8);
  CHECK(near->roots()[0].sides[0].width() == doctest::Approx(0.4));  // hazards have a radius of 0.2
  RandomState random(2);
  int inside = 0;
  for (int i = 0; i < 4000; ++i) {
    const std::size_t root = static_cast<std::size_t>(i) % 8;
    const Box& whole = near->roots()[root];
    Box part = whole;
    Point point{.dim = whole.dim};
    for (std::size_t j = 0; j < whole.dim; ++j) {
      part.sides[j] = test::DrawInterval(whole.sides[j].low, whole.sides[j].high, 0.2, random);
      point.at[j] = test::DrawIn(part.sides[j], random);
    }
    if (near->Contains(point, root)) {
      ++inside;
      CHECK(near->MayContain(part, root));
    }
  }
  CHECK(inside > 1000);  // pi / 4 squared of them
  CHECK(inside < 3500);
}

std::string RefusalOf(const Question& question, const char* id = "PointGoal1") {
  const auto gym = test::ResetGym(0, id);
  const auto bounds = ModelBounds::Create(test::RandomModel(*gym, 1));
  const auto scene = Scene::Create(question, *bounds, *gym);
  return scene.ok() ? "" : scene.error().message;
}

TEST_CASE("questions that do not fit a world are refused with the reason") {
  CHECK(lookout::Contains(RefusalOf({.where = PosesInLayout{.of = sim::SceneObjectKind::kGremlin}}),
                          "no gremlin"));
  CHECK(lookout::Contains(
      RefusalOf({.where = ThingsAround{{.kind = sim::SceneObjectKind::kGremlin}}}),
      "no lidar that sees a gremlin"));
  CHECK(lookout::Contains(RefusalOf({.sensors = {{"nose", {{0, 1}}}}}), "no sensor 'nose'"));
  CHECK(lookout::Contains(RefusalOf({.sensors = {{"gyro", {{0, 1}}}}}), "3 values, not 1"));
  CHECK(lookout::Contains(
      RefusalOf({.speed_m_per_s = 1.0, .sensors = {{"velocimeter", {{}, {}, {}}}}}),
      "say it once"));
  CHECK(lookout::Contains(RefusalOf({.sensors = {{"magnetometer", {{}, {}, {}}}}}), "no sensor"));
  CHECK(RefusalOf({}) == "");
}

TEST_CASE("what is fixed is named") {
  const auto gym = test::ResetGym();
  const auto bounds = ModelBounds::Create(test::RandomModel(*gym, 1));
  const auto scene = Scene::Create({.sensors = {{"gyro", {{}, {}, {0.5, 0.5}}}}}, *bounds, *gym);
  REQUIRE(scene.ok());
  REQUIRE(scene->fixed_sensors().size() == 3);
  CHECK(scene->fixed_sensors()[1] == "gyro 0, 0, 0.5");
}

}  // namespace
}  // namespace lookout::agents
