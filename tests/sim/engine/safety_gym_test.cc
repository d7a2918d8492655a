#include "sim/engine/safety_gym.h"

#include <doctest/doctest.h>
#include <mujoco/mujoco.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/config/config_file.h"
#include "tests/sim/gym_support.h"
#include "tests/support/allocation_counter.h"

using namespace lookout::sim;

namespace {

const Eigen::VectorXd kNoAction = Eigen::VectorXd::Zero(2);
const Eigen::VectorXd kFullAhead = test::Action({1, 0});

std::string Refusal(const EnvironmentConfig& config) {
  const auto gym = SafetyGym::Create(config);
  REQUIRE_FALSE(gym.ok());
  CHECK(gym.error().code == lookout::ErrorCode::kBadInput);
  return gym.error().message;
}

}  // namespace

TEST_CASE("PointGoal1 observes lidars and sensors, sorted by key and without gaps") {
  const auto gym = test::MakeGym("Safexp-PointGoal1-v0");
  const EnvironmentSpec& spec = gym->spec();
  CHECK(spec.observation_dim == 60);
  CHECK(spec.action_dim == 2);
  CHECK(spec.step_duration_s == doctest::Approx(0.02));
  int offset = 0;
  for (const ObservationEntry& entry : spec.observation_entries) {
    CHECK(entry.offset == offset);
    offset += entry.size;
  }
  CHECK(offset == 60);
  CHECK(std::ranges::is_sorted(spec.observation_entries, {}, &ObservationEntry::key));
  REQUIRE(spec.FindEntry("hazards_lidar") != nullptr);
  CHECK(spec.FindEntry("hazards_lidar")->size == 16);
  CHECK(spec.FindEntry("box_lidar") == nullptr);
}

TEST_CASE("An environment says what its actions do and of which options it was made") {
  const auto gym = test::MakeGym("Safexp-PointGoal1-v0");
  CHECK(gym->spec().action_meaning ==
        std::vector<std::string>{"x: force, -1 to 1", "z: velocity, -1 to 1"});
  const auto config = ParseConfigText(gym->spec().configuration, gym->spec().id);
  REQUIRE(config.ok());
  CHECK(ConfigText(*config) == gym->spec().configuration);
  const auto again = SafetyGym::Create(*config);
  REQUIRE(again.ok());
  CHECK((*again)->spec().signature() == gym->spec().signature());
}

TEST_CASE("The scene names its objects and its lidar rings") {
  const auto gym = test::MakeGym("Safexp-PointGoal1-v0");
  const SceneDescription& scene = gym->scene();
  CHECK(scene.objects.size() == 11);
  CHECK(scene.objects[0].kind == SceneObjectKind::kRobot);
  CHECK(scene.robot_radius_m == 0.1);
  CHECK(scene.goal_body == test::Find(*gym, SceneObjectKind::kGoal).body);
  CHECK(test::Find(*gym, SceneObjectKind::kHazard, 7).radius_m == 0.2);
  CHECK(scene.lidar_rings.size() == 3);
  for (const LidarRing& ring : scene.lidar_rings) CHECK(ring.bins == 16);
}

TEST_CASE("Driving ahead moves along x and is rewarded by the distance it gains") {
  EnvironmentConfig config = test::EmptyFloor();
  config.goal_locations = {{3, 0}};
  const auto gym = test::MakeGym(config);
  test::Start(*gym);
  double rewards = 0;
  for (int i = 0; i < 50; ++i) rewards += gym->Step(kFullAhead).reward;
  const Eigen::Vector3d robot = gym->robot_position_in_world();
  CHECK(robot.x() > 0.3);
  CHECK(std::abs(robot.y()) < 1e-6);
  CHECK(rewards == doctest::Approx(robot.x()).epsilon(1e-6));
  CHECK(gym->robot_velocity_in_world().x() > 0.3);
}

TEST_CASE("A goal that is met is rewarded, and a new one is placed away from everything") {
  EnvironmentConfig config = test::EmptyFloor();
  config.goal_locations.clear();
  config.goal_placements = {{Rectangle{0.5, -1, 3, 1}}};
  const auto gym = test::MakeGym(config);
  test::Start(*gym);
  const Eigen::Vector3d goal = test::PositionOf(*gym, SceneObjectKind::kGoal);
  test::PlaceRobot(*gym, goal.x(), goal.y());
  const StepResult result = gym->Step(kNoAction);
  CHECK(result.goal_met);
  CHECK(result.status == EpisodeStatus::kRunning);
  CHECK(result.reward == doctest::Approx(1.0).epsilon(1e-3));
  const Eigen::Vector3d next = test::PositionOf(*gym, SceneObjectKind::kGoal);
  CHECK((next - gym->robot_position_in_world()).head<2>().norm() >= 0.8);
  // The distance is remembered for the new goal: standing still earns nothing.
  CHECK(std::abs(gym->Step(kNoAction).reward) < 1e-6);
}

TEST_CASE("An episode ends by its goal, by time, or for want of room") {
  EnvironmentConfig config = test::EmptyFloor();
  config.num_steps = 3;
  config.goal_locations = {{1, 0}};
  SUBCASE("by its goal, if the goal is not to go on") {
    config.continue_goal = false;
    const auto gym = test::MakeGym(config);
    test::Start(*gym);
    test::PlaceRobot(*gym, 1, 0);
    const StepResult result = gym->Step(kNoAction);
    CHECK(result.goal_met);
    CHECK(result.status == EpisodeStatus::kGoalMet);
  }
  SUBCASE("by time") {
    const auto gym = test::MakeGym(config);
    test::Start(*gym);
    CHECK(gym->Step(kNoAction).status == EpisodeStatus::kRunning);
    CHECK(gym->Step(kNoAction).status == EpisodeStatus::kRunning);
    CHECK(gym->Step(kNoAction).status == EpisodeStatus::kTimedOut);
    REQUIRE(gym->ResetNext().ok());
    CHECK(gym->Step(kNoAction).status == EpisodeStatus::kRunning);
  }
  SUBCASE("for want of room: the only place for a goal is under the robot") {
    const auto gym = test::MakeGym(config);
    test::Start(*gym);
    test::PlaceRobot(*gym, 1, 0);
    const StepResult result = gym->Step(kNoAction);
    CHECK(result.goal_met);
    CHECK(result.reward == doctest::Approx(1.0).epsilon(1e-3));
    CHECK(result.status == EpisodeStatus::kNoGoalPlaceable);
  }
}

TEST_CASE("Actions are clipped to their range") {
  const auto clipped = test::MakeGym(test::EmptyFloor());
  const auto wild = test::MakeGym(test::EmptyFloor());
  test::Start(*clipped);
  test::Start(*wild);
  clipped->Step(test::Action({1, -1}));
  wild->Step(test::Action({70, -1e300}));
  CHECK(clipped->observation() == wild->observation());
}

TEST_CASE("What cannot be built is refused with the option") {
  EnvironmentConfig config = test::EmptyFloor();
  SUBCASE("vision") {
    config.observe_vision = true;
    CHECK(Refusal(config).find("observe_vision") != std::string::npos);
  }
  SUBCASE("a sensor that the robot lacks") {
    config.sensors_obs = {"gyro", "nose"};
    CHECK(Refusal(config).find("nose") != std::string::npos);
  }
  SUBCASE("a button task without buttons") {
    config.task = Task::kButton;
    CHECK(Refusal(config).find("buttons_num") != std::string::npos);
  }
  SUBCASE("a free joint that the point does not have") {
    config.observe_freejoint = true;
    CHECK(Refusal(config).find("observe_freejoint") != std::string::npos);
  }
  SUBCASE("a body that is not there") {
    config.reward_orientation = true;
    config.reward_orientation_body = "tail";
    CHECK(Refusal(config).find("tail") != std::string::npos);
  }
}

TEST_CASE("A viewer's own data, made from a copied model, shows the same world") {
  const auto gym = test::MakeGym("Safexp-PointGoal2-v0");
  test::Start(*gym, 5);
  gym->Step(kFullAhead);
  const ModelPtr model = gym->CopyModel();
  mjData* data = mj_makeData(model.get());
  const SimState state = gym->Save();
  mju_copy(data->qpos, state.qpos.data(), model->nq);
  mj_kinematics(model.get(), data);
  Eigen::Matrix3Xd positions;
  gym->ObjectPositions(positions);
  for (std::size_t i = 0; i < gym->scene().objects.size(); ++i) {
    const Eigen::Map<const Eigen::Vector3d> seen(data->xpos + 3 * gym->scene().objects[i].body);
    CHECK((seen - positions.col(static_cast<Eigen::Index>(i))).norm() < 1e-12);
  }
  mj_deleteData(data);
}

TEST_CASE("A step does not allocate once it is warm") {
  if (!lookout::test::CountsAllocations()) {
    MESSAGE("skipped: the sanitizer brings its own malloc");
    return;
  }
  for (const char* id : {"Safexp-PointGoal2-v0", "Safexp-PointButton2-v0", "Safexp-CarPush2-v0"}) {
    CAPTURE(id);
    const auto gym = test::MakeGym(id);
    test::Start(*gym);
    lookout::RandomState random(1);
    const Eigen::VectorXd action = test::RandomAction(*gym, random);
    SimState state = gym->Save();
    gym->Step(action);
    CHECK(lookout::test::AllocationsIn([&] {
            for (int i = 0; i < 50; ++i) {
              gym->Step(action);
              gym->Save(state);
            }
          }) == 0);
  }
}

TEST_CASE("Meeting a goal and placing the next does not allocate either") {
  if (!lookout::test::CountsAllocations()) return;
  EnvironmentConfig config = test::EmptyFloor();
  config.goal_locations.clear();
  config.goal_placements = {{Rectangle{-1, -1, 1, 1}}};
  config.goal_keepout = 0.1;
  config.goal_size = 1.5;
  const auto gym = test::MakeGym(config);
  test::Start(*gym);
  bool met = false;
  CHECK(lookout::test::AllocationsIn([&] {
          for (int i = 0; i < 50; ++i) met |= gym->Step(kFullAhead).goal_met;
        }) == 0);
  CHECK(met);
}

TEST_CASE("An observation that is not to be flattened lies the same and is found by its entries") {
  EnvironmentConfig config = test::ConfigOf("Safexp-PointGoal1-v0");
  config.observation_flatten = false;
  const auto by_key = test::MakeGym(config);
  const auto flat = test::MakeGym("Safexp-PointGoal1-v0");
  test::Start(*by_key, 3);
  test::Start(*flat, 3);
  CHECK(by_key->observation() == flat->observation());
}

TEST_CASE("A substep of another duration moves the world by that much") {
  EnvironmentConfig config = test::EmptyFloor();
  config.timestep_s = 0.004;
  const auto slow = test::MakeGym(config);
  CHECK(slow->spec().step_duration_s == doctest::Approx(0.04));
  test::Start(*slow);
  for (int i = 0; i < 25; ++i) slow->Step(kFullAhead);
  config.timestep_s.reset();
  const auto usual = test::MakeGym(config);
  test::Start(*usual);
  for (int i = 0; i < 50; ++i) usual->Step(kFullAhead);
  const double usual_m = usual->robot_position_in_world().x();
  CHECK(slow->robot_position_in_world().x() == doctest::Approx(usual_m).epsilon(0.05));
}
