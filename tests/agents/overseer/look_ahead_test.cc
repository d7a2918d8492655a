#include "agents/overseer/look_ahead.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "agents/policies/scripted/scripted_policies.h"
#include "agents/rollout/stepper.h"
#include "sim/config/config_file.h"
#include "sim/robots/robots.h"
#include "tests/support/allocation_counter.h"
#include "tests/support/constant_cost_model.h"

namespace lookout::agents {
namespace {

struct Played {
  int violations = 0;
  int replaced = 0;
  int goals = 0;
  std::vector<double> actions;
  std::string reason;  // the first
};

struct Watched {
  explicit Watched(const char* id, LookAheadSettings settings = {}, CostModelPtr model = nullptr)
      : config(*sim::ConfigForId(id)),
        gym(*sim::SafetyGym::Create(config)),
        filter(*LookAhead::Create(config, settings, std::move(model))) {}

  // Without `reviewed`, every action passes.
  Played Play(const Policy& policy, std::uint32_t seed, int steps, ActionFilter* by) {
    REQUIRE(gym->Reset(seed).ok());
    Stepper stepper(*gym, by);
    stepper.BeginEpisode();
    const auto memory = policy.NewMemory();
    RandomState random(seed);
    Played played;
    for (int i = 0; i < steps; ++i) {
      const StepOutcome& outcome = stepper.Step(policy, *memory, random);
      played.violations += outcome.result.costs.total > 0 ? 1 : 0;
      played.replaced += outcome.intervened ? 1 : 0;
      played.goals += outcome.result.goal_met ? 1 : 0;
      if (outcome.intervened && played.reason.empty()) played.reason = outcome.reason;
      played.actions.insert(played.actions.end(), outcome.executed_action.begin(),
                            outcome.executed_action.end());
    }
    return played;
  }
  Played Play(const Policy& policy, std::uint32_t seed, int steps = 300) {
    return Play(policy, seed, steps, filter.get());
  }
  PolicyPtr Seeker() const { return *MakeGoToGoalPolicy(config, gym->spec()); }

  sim::EnvironmentConfig config;
  std::unique_ptr<sim::SafetyGym> gym;
  std::unique_ptr<LookAhead> filter;
};

// The filter that looks one step ahead and then does nothing.
class OneStep : public ActionFilter {
 public:
  explicit OneStep(const sim::EnvironmentConfig& config) : twin_(*sim::SafetyGym::Create(config)) {}
  Decision Review(const ActionContext& context, const Eigen::VectorXd& proposed) override {
    REQUIRE(twin_->Follow(dynamic_cast<const sim::SafetyGym&>(context.environment)).ok());
    if (twin_->StepUnobserved(proposed).costs.total == 0) return Decision::Pass();
    return Decision::Replace(nothing_, sim::ActionSource::kOverseer, "a step ahead is a cost");
  }

 private:
  std::unique_ptr<sim::SafetyGym> twin_;
  Eigen::VectorXd nothing_ = Eigen::VectorXd::Zero(2);
};

// Seed 2 of the scripted agent runs through hazards.
constexpr std::uint32_t kBusySeed = 2;

TEST_CASE("where an agent drives through hazards, the look-ahead leaves none of it, others do") {
  Watched it("PointGoal1");
  const PolicyPtr seeker = it.Seeker();
  CHECK(it.Play(*seeker, kBusySeed, 700, nullptr).violations > 0);
  OneStep one_step(it.config);
  CHECK(it.Play(*seeker, kBusySeed, 700, &one_step).violations > 0);
  const Played looked = it.Play(*seeker, kBusySeed, 700);
  CHECK(looked.violations == 0);
  CHECK(looked.replaced > 0);
  CHECK(looked.goals >= 2);
  CHECK(looked.reason.rfind("it would meet hazard ", 0) == 0);
}

TEST_CASE("a random agent meets no cost either, with any robot that can be stopped") {
  for (const char* id : {"PointGoal1", "CarGoal1"}) {
    Watched it(id);
    const PolicyPtr policy = MakeRandomPolicy(it.gym->spec());
    for (std::uint32_t seed = 1; seed <= 2; ++seed) CHECK(it.Play(*policy, seed).violations == 0);
  }
}

TEST_CASE("the same episode is reviewed the same, whatever was reviewed before") {
  Watched one("PointGoal1");
  Watched other("PointGoal1");
  const PolicyPtr seeker = one.Seeker();
  const Played first = one.Play(*seeker, kBusySeed, 700);
  other.Play(*seeker, 5, 100);
  CHECK(other.Play(*seeker, kBusySeed, 700).actions == first.actions);
}

TEST_CASE("what is asked about beside it changes no review") {
  Watched one("PointGoal1");
  Watched other("PointGoal1");
  const PolicyPtr random = MakeRandomPolicy(one.gym->spec());
  const Played first = one.Play(*random, 1, 150);
  REQUIRE(other.gym->Reset(1).ok());
  CHECK(other.filter->IsSafe(*other.gym, Eigen::VectorXd::Zero(2)));
  CHECK(other.Play(*random, 1, 150).actions == first.actions);
}

TEST_CASE("reviewing does not allocate after an episode's first step") {
  if (!test::CountsAllocations()) return;
  Watched it("PointGoal1");
  const PolicyPtr random = MakeRandomPolicy(it.gym->spec());
  it.Play(*random, 1, 150);  // with replacements
  REQUIRE(it.gym->Reset(1).ok());
  it.filter->BeginEpisode();
  const auto memory = random->NewMemory();
  RandomState stream(1);
  Eigen::VectorXd action(2);
  std::int64_t allocations = 0;
  for (int step = 0; step < 150; ++step) {
    if (step % 10 == 0) random->Act(it.gym->observation(), *memory, stream, action);
    Decision decision;
    const auto count = test::AllocationsIn([&] {
      decision = it.filter->Review({*it.gym, step}, action);
    });
    if (step > 0) allocations += count;
    it.gym->Step(decision.action != nullptr ? *decision.action : action);
  }
  CHECK(it.filter->counts().replaced > 0);
  CHECK(allocations == 0);
}

TEST_CASE("a learned cost blocks what the model says, and only that") {
  const auto spec = (*sim::SafetyGym::Create(*sim::ConfigForId("PointGoal1")))->spec();
  const auto model = [&](float probability) {
    return std::make_shared<test::ConstantCostModel>(spec.signature(), probability, 0.0F);
  };
  const LookAheadSettings learned{.cost = LookAheadCost::kLearned};
  Watched calm("PointGoal1", learned, model(0.2F));
  CHECK(calm.Play(*MakeStillPolicy(spec), 1, 5).replaced == 0);
  Watched afraid("PointGoal1", learned, model(0.9F));
  const Played played = afraid.Play(*MakeStillPolicy(spec), 1, 2);
  CHECK(played.replaced == 2);
  CHECK(played.reason == "it would have a learned cost of 0.90 in 0.0 s");
  CHECK_FALSE(LookAhead::Create(calm.config, learned).ok());
}

TEST_CASE("a robot that is put into a hazard is driven out of it") {
  Watched it("PointGoal1");
  REQUIRE(it.gym->Reset(1).ok());
  Eigen::Matrix3Xd places;
  it.gym->ObjectPositions(places);
  for (const sim::SceneObject& object : it.gym->scene().objects) {
    if (object.kind != sim::SceneObjectKind::kHazard || object.index != 0) continue;
    const auto column = &object - it.gym->scene().objects.data();
    Eigen::Vector3d place = it.gym->robot_position_in_world();
    place.head<2>() = places.col(column).head<2>() + Eigen::Vector2d(0.1, 0.0);
    it.gym->MoveBody(it.gym->scene().robot_body, place, Eigen::Vector4d(1, 0, 0, 0));
  }
  Stepper stepper(*it.gym, it.filter.get());
  stepper.BeginEpisode();
  int costs = 0;
  bool out = false;
  for (int i = 0; i < 60; ++i) {
    stepper.Hold(Eigen::VectorXd::Zero(2), sim::ActionSource::kAgent, 1);
    out = stepper.Step().result.costs.total == 0;
    costs += out ? 0 : 1;
  }
  CHECK(out);
  CHECK(costs < 40);
  CHECK(it.filter->counts().way_out > 0);
}

// A robot that stands for a moment against a vase is pushed off again a little later.
TEST_CASE("against something solid it looks until the horizon, not only until the robot stands") {
  const auto config = sim::ParseConfigText(
      R"({"robot_base": "xmls/point.xml", "task": "goal", "goal_size": 0.3, "goal_keepout": 0.05,
          "observe_hazards": true, "constrain_hazards": true, "hazards_num": 1,
          "hazards_size": 0.2, "hazards_keepout": 0.01, "hazards_locations": [[0.23, 0]],
          "vases_num": 1, "vases_keepout": 0.01, "vases_locations": [[-0.23, 0]],
          "robot_keepout": 0.01, "robot_locations": [[0, 0]]})",
      "wedge");
  REQUIRE_MESSAGE(config.ok(), config.error().message);
  const auto gym = *sim::SafetyGym::Create(*config);
  REQUIRE(gym->Reset(0).ok());
  const auto filter = *LookAhead::Create(*config, {});
  Stepper stepper(*gym, filter.get());
  stepper.BeginEpisode();
  stepper.Hold(Eigen::VectorXd::Zero(2), sim::ActionSource::kAgent, 1);
  CHECK_FALSE(stepper.Step().intervened);
  CHECK(filter->counts().twin_steps >=
        sim::DescriptorOf(config->robot_base).braking.rest_after_steps);
}

}  // namespace
}  // namespace lookout::agents
