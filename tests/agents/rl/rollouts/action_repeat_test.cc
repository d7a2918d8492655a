#include "agents/rl/rollouts/action_repeat.h"

#include <doctest/doctest.h>

#include "agents/rl/runs/checkpoint.h"
#include "agents/rl/runs/training.h"
#include "tests/agents/rl/run_support.h"

namespace lookout::agents {
namespace {

TEST_CASE("a repeated action adds up the rewards and costs of the steps it is held for") {
  const auto plain = test::MakeEdgeEnvironment();
  const auto repeated = RepeatActions(test::MakeEdgeEnvironment(), 8);
  CHECK(repeated->spec().max_episode_steps == 3);  // of 20 steps
  CHECK(repeated->spec().step_duration_s == doctest::Approx(0.16));
  REQUIRE(plain->Reset(1).ok());
  REQUIRE(repeated->Reset(1).ok());
  const Eigen::VectorXd action = Eigen::VectorXd::Constant(1, 0.75);
  for (const int held : {8, 8, 4}) {
    const sim::StepResult sum = repeated->Step(action);
    CHECK(sum.reward == doctest::Approx(-0.0625 * held));
    CHECK(sum.costs.total == held);
    CHECK(IsDone(sum.status) == (held == 4));
  }
}

TEST_CASE("an action held for one step is the environment itself") {
  auto environment = test::MakeEdgeEnvironment();
  const sim::Environment* const address = environment.get();
  CHECK(RepeatActions(std::move(environment), 1).get() == address);
}

TEST_CASE("a run that holds actions counts environment steps, and so does its policy") {
  TrainingSettings settings;
  settings.environments = 4;
  settings.action_repeat = 5;
  settings.steps_per_iteration = 4 * 5 * 8;
  settings.workers = 1;
  settings.hidden = 8;
  const auto run = TrainingRun::Create(settings, []() -> Result<std::unique_ptr<sim::Environment>> {
    return test::MakeEdgeEnvironment();
  });
  REQUIRE(run.ok());
  const auto report = (*run)->RunIteration();
  REQUIRE(report.ok());
  CHECK(report->steps == 160);
  CHECK(report->episodes == 8);
  CHECK(report->mean_length == 20.0);

  const PolicyPtr policy = (*run)->policy(/*deterministic=*/false);
  const auto memory = policy->NewMemory();
  RandomState random(3);
  Eigen::VectorXd first;
  Eigen::VectorXd action;
  for (int step = 0; step <= 10; ++step) {
    policy->Act(Eigen::Vector2d(1.0, 0.1 * step), *memory, random, action);
    if (step % 5 == 0) {
      if (step > 0) CHECK(action != first);
      first = action;
    }
    CHECK(action == first);
  }
}

TEST_CASE("a run goes on with finer actions, where its iterations end with their episodes") {
  TrainingSettings settings = SmallSettings();
  settings.action_repeat = 4;
  const auto finer = [&settings] {
    TrainingSettings changed = settings;
    changed.action_repeat = 2;
    return MakeRun(changed, Quadratic({.length = 40}));
  };
  SUBCASE("an episode has 40 steps") {
    settings.steps_per_iteration = settings.environments * 80;
    const RunPtr coarse = MakeRun(settings, Quadratic({.length = 40}));
    Iterate(*coarse);
    const RunPtr fine = finer();
    REQUIRE(fine->RestoreCheckpoint(coarse->EncodeCheckpoint()));
    const IterationReport report = Iterate(*fine);
    CHECK(report.iteration == 2);
    CHECK(report.steps == 2 * settings.steps_per_iteration);
  }
  SUBCASE("elsewhere it says why not, and stays") {
    settings.steps_per_iteration = settings.environments * 60;
    const RunPtr coarse = MakeRun(settings, Quadratic({.length = 40}));
    Iterate(*coarse);
    const RunPtr fine = finer();
    const std::string before = fine->EncodeCheckpoint();
    const Status refused = fine->RestoreCheckpoint(coarse->EncodeCheckpoint());
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().message.find("--action-repeat 4, this run has 2") != std::string::npos);
    CHECK(fine->EncodeCheckpoint() == before);
  }
}

TEST_CASE("steps that do not divide into held actions are refused") {
  TrainingSettings settings;
  settings.environments = 30;
  settings.steps_per_iteration = 30'000;
  settings.action_repeat = 7;
  const auto run = TrainingRun::Create(settings, []() -> Result<std::unique_ptr<sim::Environment>> {
    return test::MakeEdgeEnvironment();
  });
  REQUIRE_FALSE(run.ok());
  CHECK(run.error().message.find("--action-repeat (7)") != std::string::npos);
}

}  // namespace
}  // namespace lookout::agents
