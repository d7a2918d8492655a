// Tasks whose answer is known: who remembers solves them, who does not cannot.
#include <doctest/doctest.h>

#include <cstdint>
#include <cstdlib>
#include <memory>

#include "agents/rollout/stepper.h"
#include "tests/agents/rl/memory_agent.h"
#include "tests/agents/rl/run_support.h"
#include "tests/support/toy_environments.h"

namespace lookout::agents {
namespace {

using ToyMaker = std::unique_ptr<sim::Environment> (*)();

std::unique_ptr<sim::Environment> Copy() { return test::MakeCopyEnvironment(3); }
std::unique_ptr<sim::Environment> FarCopy() { return test::MakeCopyEnvironment(10); }

// The mean return of an even number of episodes, as a policy plays them that is being watched.
double MeanReturn(const PolicyPtr& policy, ToyMaker make) {
  const auto environment = make();
  RandomState random(1);
  double sum = 0.0;
  constexpr int kEpisodes = 40;
  for (std::uint32_t seed = 0; seed < kEpisodes; ++seed) {
    REQUIRE(environment->Reset(seed).ok());
    const auto memory = policy->NewMemory();
    Stepper stepper(*environment);
    sim::StepResult step;
    while (!sim::IsDone(step.status)) {
      step = stepper.Step(*policy, *memory, random).result;
      sum += step.reward;
    }
  }
  return sum / kEpisodes;
}

double ReturnAfterTraining(NetworkKind kind, ToyMaker make, int iterations,
                           bool in_small_steps = false) {
  TrainingSettings settings;
  settings.algorithm = Algorithm::kPpo;
  settings.environments = 10;
  settings.steps_per_iteration = 10 * 80;
  settings.total_steps = 1'000'000;
  settings.workers = 1;
  settings.network = kind;
  settings.hidden = 16;
  settings.network_layers = 1;
  settings.attention_heads = 2;
  settings.memory_length = 12;
  settings.minibatch = 200;
  settings.policy_iterations = 10;
  settings.value_iterations = 10;
  settings.policy_learning_rate = 3e-3;
  settings.value_learning_rate = 3e-3;
  settings.target_kl = 0.05;
  if (in_small_steps) {
    settings.policy_learning_rate = 1e-3;
    settings.target_kl = 0.02;
    settings.max_gradient_norm = 0.5;
  }
  Agent agent(settings, [make]() -> Result<std::unique_ptr<sim::Environment>> { return make(); });
  for (int i = 0; i < iterations; ++i) agent.Iterate();
  return MeanReturn(MakeGaussianPolicy(agent.actor(), /*deterministic=*/true), make);
}

TEST_CASE("who has a memory recalls what was shown first, who has none cannot") {
  const ToyMaker recall = test::MakeRecallEnvironment;
  CHECK(ReturnAfterTraining(NetworkKind::kGru, recall, 60) > -0.1);
  CHECK(ReturnAfterTraining(NetworkKind::kGtrxl, recall, 60) > -0.1);
  // Whatever it has learned, no policy without memory does better than -1.
  CHECK(ReturnAfterTraining(NetworkKind::kMlp, recall, 60) < -1.0 + 1e-9);
}

TEST_CASE("who has a memory repeats what was shown three steps ago") {
  CHECK(ReturnAfterTraining(NetworkKind::kGru, Copy, 60) > 16.0);  // of 21
  CHECK(ReturnAfterTraining(NetworkKind::kGtrxl, Copy, 40, /*in_small_steps=*/true) > 16.0);
  CHECK(ReturnAfterTraining(NetworkKind::kStacked, Copy, 60) > 16.0);  // sees four
  CHECK(ReturnAfterTraining(NetworkKind::kMlp, Copy, 20) < 2.0);
}

TEST_CASE("who has a memory finds the goal of a T-maze") {
  const ToyMaker maze = test::MakeMazeEnvironment;
  CHECK(ReturnAfterTraining(NetworkKind::kGru, maze, 40) > 0.7);
  CHECK(ReturnAfterTraining(NetworkKind::kGtrxl, maze, 40) > 0.7);
  CHECK(ReturnAfterTraining(NetworkKind::kMlp, maze, 20) < 0.0);
}

TEST_CASE("and repeats what was shown ten steps ago") {
  if (std::getenv("LOOKOUT_LONG") == nullptr) {
    MESSAGE("skipped: minutes; set LOOKOUT_LONG=1");
    return;
  }
  const double far = ReturnAfterTraining(NetworkKind::kGtrxl, FarCopy, 300, true);
  CHECK(far > 10.0);  // of 14
}

}  // namespace
}  // namespace lookout::agents
