// The replay itself: it must notice what is wrong. The recording is one of our own making.
#include <doctest/doctest.h>

#include "sim/conformance/conformance.h"
#include "sim/engine/safety_gym.h"

using namespace lookout::sim;

namespace {

Eigen::VectorXd ActionAt(int step) {
  Eigen::VectorXd action(2);
  action << 0.8, (step % 7 - 3) * 0.2;
  return action;
}

double NextSample(const SafetyGym& gym) {
  lookout::RandomState random;
  random.Restore(gym.Save().random);
  return random.RandomSample();
}

RecordedReset RecordReset(const SafetyGym& gym) {
  const SimState state = gym.Save();
  RecordedReset reset;
  reset.generator_seed = gym.setup().generator_seed;
  reset.first_layout = gym.setup().layout;
  reset.rotations = gym.setup().rotations;
  reset.robot_rotation_rad = gym.setup().robot_rotation_rad;
  reset.layout = {{"goal", state.goal_position_in_world.x(), state.goal_position_in_world.y()}};
  reset.qpos = state.qpos;
  reset.qvel = state.qvel;
  reset.observation = gym.observation();
  reset.next_sample = NextSample(gym);
  return reset;
}

RecordedStep RecordStep(SafetyGym& gym, int number) {
  RecordedStep step;
  step.action = ActionAt(number);
  const StepResult result = gym.Step(step.action);
  const SimState state = gym.Save();
  const Eigen::Vector3d robot = gym.robot_position_in_world();
  step.reward = result.reward;
  step.goal_met = result.goal_met;
  step.done = IsDone(result.status);
  step.costs = {result.costs[CostKind::kHazards], result.costs.total};
  step.goal = {state.goal_position_in_world.x(), state.goal_position_in_world.y()};
  step.robot = {robot.x(), robot.y()};
  step.qpos = state.qpos;
  step.qvel = state.qvel;
  step.next_sample = NextSample(gym);
  step.observation = gym.observation();
  return step;
}

RecordedCase RecordOurselves() {
  RecordedCase recorded;
  recorded.environment = "Safexp-PointGoal1-v0";
  recorded.robot = "point";
  recorded.seed = 11;
  recorded.cost_keys = {"cost_hazards", "cost"};
  recorded.config = *ConfigForId(recorded.environment);
  auto gym = SafetyGym::Create(recorded.config);
  REQUIRE(gym.ok());
  REQUIRE((*gym)->Reset(recorded.seed).ok());
  recorded.episodes.push_back({RecordReset(**gym), {}});
  for (int i = 1; i <= 60; ++i) recorded.episodes[0].steps.push_back(RecordStep(**gym, i));
  return recorded;
}

}  // namespace

TEST_CASE("A recording of ourselves is met exactly") {
  const ConformanceRow row = ReplayCase(RecordOurselves());
  CHECK(row.verdict == Verdict::kPassed);
  CHECK(row.steps == 60);
  CHECK(row.compared_steps == 60);
  CHECK(row.free_run.value <= 1e-15);
}

TEST_CASE("Every kind of miss is noticed and placed") {
  RecordedCase recorded = RecordOurselves();
  RecordedStep& step = recorded.episodes[0].steps[29];
  std::string place = "episode 0 step 30";
  SUBCASE("layout") {
    recorded.episodes[0].reset.first_layout[3].x_m += 1e-11;
    place = "episode 0 step 0 hazard1";
  }
  SUBCASE("rotation") {
    recorded.episodes[0].reset.rotations[1].angle_rad += 1e-11;
    place = "episode 0 step 0 turn of vase0";
  }
  SUBCASE("goal") {
    recorded.episodes[0].reset.layout[0].y_m += 1e-11;
    place = "episode 0 step 0 goal";
  }
  SUBCASE("observation") {
    step.observation[4] += 2e-6;
    place += " goal_lidar[1]";
  }
  SUBCASE("reward") { step.reward -= 2e-6; }
  SUBCASE("position") { step.robot[1] += 2e-6; }
  SUBCASE("cost") { step.costs[0] = 1 - step.costs[0]; }
  SUBCASE("a cost that this program does not know") {
    recorded.cost_keys[0] = "cost_fun";
    place = "episode 0 step 1";
  }
  SUBCASE("goal met") { step.goal_met = !step.goal_met; }
  SUBCASE("random stream") { step.next_sample = 0.5; }
  const ConformanceRow row = ReplayCase(recorded);
  CHECK(row.verdict == Verdict::kMissed);
  CHECK_MESSAGE(row.note.starts_with(place), row.note);
}

TEST_CASE("From a recorded state the next step is met, even if we were elsewhere") {
  // The recording jumps: its second half was played from another state than its first half ends in.
  RecordedCase recorded = RecordOurselves();
  auto& steps = recorded.episodes[0].steps;
  steps.erase(steps.begin() + 20, steps.begin() + 24);
  const ConformanceRow row = ReplayCase(recorded);
  CHECK(row.verdict == Verdict::kMissed);  // step 21 is not what follows step 20
  CHECK(row.free_run.value > 1e-6);
  CHECK(row.compared_steps == 56);
  CHECK(row.event_misses >= 1);
}

TEST_CASE("A configuration that cannot be built is skipped, not passed") {
  RecordedCase recorded = RecordOurselves();
  recorded.config.observe_vision = true;
  const ConformanceRow row = ReplayCase(recorded);
  CHECK(row.verdict == Verdict::kSkipped);
  CHECK(row.note.find("observe_vision") != std::string::npos);
}
