#include "agents/rollout/stepper.h"

#include <doctest/doctest.h>

#include <memory>

#include "tests/support/action_filters.h"
#include "tests/support/allocation_counter.h"
#include "tests/support/toy_environments.h"

namespace lookout::agents {
namespace {

using Eigen::VectorXd;

// Its n-th action is n/100 in every component, whatever it sees.
class Counting : public Policy {
 public:
  struct Memory : PolicyMemory {
    int actions = 0;
  };
  explicit Counting(int action_repeat) : action_repeat_(action_repeat) {}
  std::string name() const override { return "Counting"; }
  int action_repeat() const override { return action_repeat_; }
  std::unique_ptr<PolicyMemory> NewMemory() const override { return std::make_unique<Memory>(); }
  void Act(const VectorXd&, PolicyMemory& memory, RandomState&, VectorXd& action) const override {
    action.setConstant(2, 0.01 * ++dynamic_cast<Memory&>(memory).actions);
  }

 private:
  int action_repeat_;
};

bool Same(const sim::StepResult& left, const sim::StepResult& right) {
  return left.reward == right.reward && left.costs.by_kind == right.costs.by_kind &&
         left.costs.total == right.costs.total && left.goal_met == right.goal_met &&
         left.status == right.status;
}

struct Scene {
  explicit Scene(int action_repeat = 1, ActionFilter* filter = nullptr)
      : policy(action_repeat), stepper(*environment, filter) {
    Reset(1);
  }
  void Reset(std::uint32_t seed) {
    REQUIRE(environment->Reset(seed).ok());
    stepper.BeginEpisode();
    memory = policy.NewMemory();
  }
  const StepOutcome& Step() { return stepper.Step(policy, *memory, random); }

  std::unique_ptr<sim::Environment> environment = test::MakeWanderEnvironment();
  Counting policy;
  std::unique_ptr<PolicyMemory> memory;
  RandomState random{1};
  Stepper stepper;
};

TEST_CASE("without a filter, or with one that lets all pass, steps are the environment's own") {
  test::ScriptedFilter passing;
  Scene plain;
  Scene reviewed(1, &passing);
  const auto by_hand = test::MakeWanderEnvironment();
  REQUIRE(by_hand->Reset(1).ok());
  for (int step = 1;; ++step) {
    const VectorXd action = VectorXd::Constant(2, 0.01 * step);
    const sim::StepResult expected = by_hand->Step(action);
    for (Scene* scene : {&plain, &reviewed}) {
      const StepOutcome& outcome = scene->Step();
      CHECK(Same(outcome.result, expected));
      CHECK(outcome.proposed_action == action);
      CHECK(outcome.executed_action == action);
      CHECK(outcome.source == sim::ActionSource::kAgent);
      CHECK(outcome.reason.empty());
      CHECK(scene->environment->observation() == by_hand->observation());
    }
    if (IsDone(expected.status)) break;
  }
}

TEST_CASE("an action is held for as long as its policy says, and no longer than its episode") {
  test::ScriptedFilter filter;
  Scene scene(3, &filter);
  for (int step = 0; step < 7; ++step) {
    CHECK(scene.stepper.needs_action() == (step % 3 == 0));
    CHECK(scene.Step().executed_action[0] == 0.01 * (step / 3 + 1));
    CHECK(filter.asked.back().step == step);
    CHECK(filter.asked.back().held_steps == step % 3);
  }
  CHECK_FALSE(scene.stepper.needs_action());
  scene.Reset(2);
  CHECK(scene.stepper.needs_action());
  CHECK(filter.episodes == 2);
  scene.Step();
  CHECK(filter.asked.back().step == 0);
}

TEST_CASE("who takes over amid a held action is asked at once") {
  Scene scene(10);
  scene.Step();
  CHECK_FALSE(scene.stepper.needs_action());
  scene.stepper.Release();
  CHECK(scene.stepper.needs_action());
}

TEST_CASE("what a filter puts in an action's place is done in that step alone") {
  test::ScriptedFilter filter;
  filter.replace[1] = Eigen::Vector2d(-3.0, 0.5);
  Scene scene(3, &filter);
  const auto by_hand = test::MakeWanderEnvironment();
  REQUIRE(by_hand->Reset(1).ok());
  const VectorXd proposed = VectorXd::Constant(2, 0.01);
  for (int step = 0; step < 3; ++step) {
    const bool replaced = step == 1;
    const VectorXd done = replaced ? filter.replace[1] : proposed;
    const StepOutcome& outcome = scene.Step();
    CHECK(Same(outcome.result, by_hand->Step(done)));
    CHECK(outcome.proposed_action == proposed);
    CHECK(outcome.executed_action == done.cwiseMax(-1.0));
    CHECK(outcome.source == (replaced ? sim::ActionSource::kOverseer : sim::ActionSource::kAgent));
    CHECK(outcome.reason == (replaced ? "it brakes" : ""));
  }
}

TEST_CASE("a filter ends an episode before the action is done") {
  test::ScriptedFilter filter;
  filter.end_at = 1;
  Scene scene(3, &filter);
  scene.Step();
  const VectorXd before = scene.environment->observation();
  const StepOutcome& outcome = scene.Step();
  CHECK(outcome.stopped);
  CHECK(outcome.result.status == sim::EpisodeStatus::kTimedOut);
  CHECK(outcome.result.reward == 0.0);
  CHECK(outcome.result.costs.total == 0.0);
  CHECK(outcome.executed_action.isZero(0.0));
  CHECK(outcome.source == sim::ActionSource::kOverseer);
  CHECK(outcome.reason == "too close to a pillar");
  CHECK(scene.environment->observation() == before);
  CHECK(scene.stepper.needs_action());
}

TEST_CASE("stepping does not allocate after the first step") {
  if (!test::CountsAllocations()) {
    MESSAGE("skipped: sanitizers bring their own malloc");
    return;
  }
  Scene scene(2);
  scene.Step();
  CHECK(test::AllocationsIn([&] {
          for (int step = 0; step < 4; ++step) scene.Step();
        }) == 0);
}

}  // namespace
}  // namespace lookout::agents
