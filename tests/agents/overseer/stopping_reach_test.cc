// What is called clear without a simulation is clear in one.
#include "agents/overseer/stopping_reach.h"

#include <doctest/doctest.h>

#include <memory>

#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

struct Reach {
  explicit Reach(const char* id)
      : config(*sim::ConfigForId(id)),
        gym(*sim::SafetyGym::Create(config)),
        twin(*sim::SafetyGym::Create(config)),
        fallback(*Fallback::Create(config, gym->spec())),
        now(config, *gym),
        reach(config, gym->spec(), fallback) {}

  // Some steps of one action; half of the time as hard as the motors can.
  void Drive() {
    Eigen::VectorXd action(gym->spec().action_dim);
    const bool hard = random.Choice(2) == 1;
    for (Eigen::Index i = 0; i < action.size(); ++i) {
      action[i] = hard && i == 0 ? 1.0 : random.Uniform(-1, 1);
    }
    for (int left = 1 + random.Choice(15); left > 0; --left) gym->Step(action);
  }
  // Whether the fallback, after an action or at once, leads through a cost.
  bool Costs(const Eigen::VectorXd* action) {
    REQUIRE(twin->Follow(*gym).ok());
    Eigen::VectorXd brake;
    bool costs = action != nullptr && twin->StepUnobserved(*action).costs.total > 0;
    for (int step = 0; step < fallback.rest_after_steps() && !costs; ++step) {
      fallback.Brake(*twin, brake);
      costs = twin->StepUnobserved(brake).costs.total > 0;
      if (twin->robot_velocity_in_world().norm() < 0.005) break;
    }
    return costs;
  }

  sim::EnvironmentConfig config;
  std::unique_ptr<sim::SafetyGym> gym;
  std::unique_ptr<sim::SafetyGym> twin;
  Fallback fallback;
  Surroundings now;
  StoppingReach reach;
  RandomState random{11};
};

struct Found {
  int clear = 0;
  int unclear_and_costs = 0;
  int wrong = 0;
};

Found Sample(const char* id, int states) {
  Reach it(id);
  Found found;
  for (int i = 0; i < states; ++i) {
    if (i % 20 == 0) REQUIRE(it.gym->ResetNext().ok());
    it.Drive();
    it.now.See(*it.gym);
    const Eigen::VectorXd any = it.random.Choice(2) == 0
                                    ? Eigen::VectorXd(Eigen::VectorXd::Constant(2, 1.0))
                                    : Eigen::VectorXd(Eigen::Vector2d(1.0, -1.0));
    const bool clear = it.reach.IsClearAfterAnyAction(*it.gym, it.now);
    const bool costs = it.Costs(&any);
    found.clear += clear ? 1 : 0;
    found.unclear_and_costs += !clear && costs ? 1 : 0;
    found.wrong += clear && costs ? 1 : 0;
    found.wrong += it.reach.IsClear(*it.gym, it.now) && it.Costs(nullptr) ? 1 : 0;
  }
  return found;
}

TEST_CASE("of a thousand states near hazards none is called clear from which braking costs") {
  for (const char* id : {"PointGoal1", "CarGoal1"}) {
    CAPTURE(id);
    const Found found = Sample(id, 1000);
    CHECK(found.wrong == 0);
    CHECK(found.clear > 200);
    CHECK(found.unclear_and_costs > 8);  // there was something to be wrong about
  }
}

TEST_CASE("nothing is called clear for a robot whose braking is not known") {
  Reach it("DoggoGoal1");
  REQUIRE(it.gym->Reset(1).ok());
  it.now.See(*it.gym);
  CHECK_FALSE(it.reach.IsClear(*it.gym, it.now));
}

TEST_CASE("the fallback stops Point in a third of the way that it coasts, and Car at once") {
  Reach point("PointGoal0");
  REQUIRE(point.gym->Reset(1).ok());
  const Eigen::Vector2d ahead(1.0, 0.0);
  for (int i = 0; i < 150; ++i) point.gym->Step(ahead);
  CHECK(point.gym->robot_velocity_in_world().norm() > 1.3);
  const Eigen::Vector3d start = point.gym->robot_position_in_world();
  Eigen::VectorXd brake;
  for (int i = 0; i < 30; ++i) {
    point.fallback.Brake(*point.gym, brake);
    CHECK(brake[1] == 0.0);
    point.gym->Step(brake);
  }
  CHECK(point.gym->robot_velocity_in_world().norm() < 0.05);
  CHECK((point.gym->robot_position_in_world() - start).norm() < 0.3);
}

}  // namespace
}  // namespace lookout::agents
