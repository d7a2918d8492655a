// What every agent's update does around the policy's own part.
#include "agents/rl/runs/learner.h"

#include <doctest/doctest.h>

#include <cmath>

#include "agents/rl/runs/checkpoint.h"
#include "tests/agents/rl/run_support.h"

namespace lookout::agents {
namespace {

Eigen::VectorXf PolicyParameters(const TrainingRun& run) {
  const auto actor = DecodeActor(run.EncodeCheckpoint(), run.spec());
  REQUIRE(actor.ok());
  return actor->mean.parameters();
}

TEST_CASE("a collection is learned from as it was acted in") {
  // Without a step of the policy, what it would do must be what it did.
  TrainingSettings settings = SmallSettings();
  settings.policy_iterations = 0;
  SUBCASE("raw observations") {}
  SUBCASE("normalised observations") { settings.normalise_observations = true; }
  const RunPtr run = MakeRun(settings, Wander());
  for (int i = 0; i < 4; ++i) CHECK(std::abs(Iterate(*run).kl) < 1e-6);
}

TEST_CASE("a policy that acted on raw values stays until it acts on normalised ones") {
  for (const Algorithm algorithm : {Algorithm::kPpo, Algorithm::kTrpo, Algorithm::kCpo}) {
    CAPTURE(AlgorithmName(algorithm));
    TrainingSettings settings = SmallSettings();
    settings.algorithm = algorithm;
    settings.normalise_observations = true;
    const RunPtr run = MakeRun(settings, Wander());
    const Eigen::VectorXf fresh = PolicyParameters(*run);
    const IterationReport first = Iterate(*run);
    CHECK(PolicyParameters(*run) == fresh);
    CHECK(first.policy_epochs == 0);
    CHECK(first.value_loss > 0.0);  // the values learn
    Iterate(*run);
    CHECK(PolicyParameters(*run) != fresh);
  }
}

TEST_CASE("while the policy warms up the report says what the multiplier is") {
  TrainingSettings settings = SmallSettings();
  settings.warm_up_iterations = 2;
  settings.initial_multiplier = 0.3;
  const RunPtr run = MakeRun(settings, Wander());
  const Eigen::VectorXf fresh = PolicyParameters(*run);
  for (int i = 0; i < 2; ++i) CHECK(Iterate(*run).multiplier == doctest::Approx(0.3));
  CHECK(PolicyParameters(*run) == fresh);
  CHECK(Iterate(*run).multiplier != doctest::Approx(0.3));
  CHECK(PolicyParameters(*run) != fresh);
}

TEST_CASE("the discounts are of one environment step, however long an action is held") {
  TrainingSettings settings = SmallSettings();
  settings.environments = 1;
  settings.action_repeat = 3;
  settings.steps_per_iteration = 3 * 4;
  settings.gamma = 0.9;
  settings.cost_gamma = 0.8;
  const auto environment = test::MakeWanderEnvironment();
  Learner learner(settings, environment->spec());
  RolloutBuffer buffer(environment->spec().observation_dim, environment->spec().action_dim, 1, 4);
  buffer.rewards.setOnes();
  buffer.costs.setOnes();
  buffer.status[3] = sim::EpisodeStatus::kGoalMet;  // nothing follows
  buffer.DropDiverged();
  WorkerPool pool(1);
  IterationReport report{.steps = settings.steps_per_iteration};
  const auto learned = learner.Update(buffer, 1, pool, {}, report);
  REQUIRE(learned.ok());
  for (int i = 0; i < 4; ++i) {
    double reward_target = 0.0;
    double cost_target = 0.0;
    for (int k = 0; k < 4 - i; ++k) {
      reward_target += std::pow(0.9, 3 * k);
      cost_target += std::pow(0.8, 3 * k);
    }
    CHECK(buffer.value_targets[i] == doctest::Approx(reward_target));
    CHECK(buffer.cost_value_targets[i] == doctest::Approx(cost_target));
  }
}

}  // namespace
}  // namespace lookout::agents
