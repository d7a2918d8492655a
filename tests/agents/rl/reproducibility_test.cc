// What every agent has to keep: the same result for any number of workers, and after a stop.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/agents/rl/run_support.h"

namespace lookout::agents {
namespace {

// Every agent, and the Lagrangian ones with every multiplier.
const std::vector<Variant> kVariants = {
    {Algorithm::kPpo},
    {Algorithm::kPpoLagrangian},
    {Algorithm::kPpoLagrangian, MultiplierKind::kPid},
    {Algorithm::kPpoLagrangian, MultiplierKind::kFixed},
    {Algorithm::kTrpo},
    {Algorithm::kTrpoLagrangian},
    {Algorithm::kTrpoLagrangian, MultiplierKind::kPid},
    {Algorithm::kCpo},
};

// All that the fast preset does, on this scale.
TrainingSettings FastSettings() {
  TrainingSettings settings = SmallSettings();
  settings.action_repeat = 2;
  settings.normalise_observations = true;
  settings.normalise_cost_advantages = true;
  settings.combine_advantages = true;
  settings.lambda_targets = true;
  settings.warm_up_iterations = 1;
  settings.minibatch = 64;
  settings.multiplier_kind = MultiplierKind::kPid;
  return settings;
}

TEST_CASE("the number of workers never changes a bit of any agent's result") {
  for (const Variant& variant : kVariants) {
    CAPTURE(AlgorithmName(variant.algorithm));
    const TrainingSettings settings = SettingsOf(variant);
    const std::string one = StateAfter(settings, 1, 2);
    CHECK(StateAfter(settings, 3, 2) == one);
  }
}

TEST_CASE("nor with minibatches of normalised observations, or with several lanes and blocks") {
  TrainingSettings settings = SmallSettings();
  SUBCASE("minibatches") {
    settings.minibatch = 100;
    settings.normalise_observations = true;
    settings.max_gradient_norm = 0.5;
    settings.final_learning_rate = 0.1;
    settings.orthogonal_initialisation = true;
  }
  SUBCASE("the fast recipe") { settings = FastSettings(); }
  SUBCASE("lanes and blocks") { settings.steps_per_iteration = 7 * 300; }
  const std::string one = StateAfter(settings, 1, 3);
  CHECK(StateAfter(settings, 2, 3) == one);
  CHECK(StateAfter(settings, 3, 3) == one);
}

void CheckResumes(const TrainingSettings& settings) {
  const RunPtr whole = MakeRun(settings, Wander());
  for (int i = 0; i < 2; ++i) Iterate(*whole);
  const std::string checkpoint = whole->EncodeCheckpoint();
  const RunPtr resumed = MakeRun(settings, Wander());
  REQUIRE(resumed->RestoreCheckpoint(checkpoint).ok());
  CHECK(resumed->EncodeCheckpoint() == checkpoint);
  for (int i = 0; i < 2; ++i) {
    const IterationReport a = Iterate(*whole);
    const IterationReport b = Iterate(*resumed);
    CHECK(a.iteration == b.iteration);
    CHECK(a.steps == b.steps);
    CHECK(a.mean_return == b.mean_return);
    CHECK(a.mean_true_cost == b.mean_true_cost);
    CHECK(a.true_cost_rate == b.true_cost_rate);
    CHECK(a.multiplier == b.multiplier);
    CHECK(a.kl == b.kl);
  }
  CHECK(whole->EncodeCheckpoint() == resumed->EncodeCheckpoint());
}

TEST_CASE("a resumed run of any agent equals one that never stopped, bit for bit") {
  for (const Variant& variant : kVariants) {
    CAPTURE(AlgorithmName(variant.algorithm));
    CheckResumes(SettingsOf(variant));
  }
  TrainingSettings settings = SmallSettings();
  settings.minibatch = 64;
  settings.normalise_observations = true;
  settings.total_steps = 4 * settings.steps_per_iteration;
  settings.final_learning_rate = 0.0;
  CheckResumes(settings);
  CheckResumes(FastSettings());
}

}  // namespace
}  // namespace lookout::agents
