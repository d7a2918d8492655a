// The hot paths of training do not allocate once they have run: neither a step of sampling nor a
// gradient step. Of the fast preset's network sizes; see agents/nn/mlp.h for larger ones.
#include <doctest/doctest.h>

#include "agents/rl/ppo.h"
#include "agents/rl/sampler.h"
#include "tests/support/allocation_counter.h"
#include "tests/support/toy_environments.h"

namespace lookout::agents {
namespace {

TrainingSettings Settings() {
  TrainingSettings settings;
  settings.algorithm = Algorithm::kPpoLagrangian;
  settings.environments = 6;
  settings.steps_per_iteration = 6 * 200;
  settings.workers = 1;
  settings.hidden = 64;
  settings.policy_iterations = 4;
  settings.value_iterations = 4;
  return settings;
}

TEST_CASE("sampling and gradient steps run without the heap after warm-up") {
  if (!test::CountsAllocations()) {
    MESSAGE("skipped: sanitizers bring their own malloc");
    return;
  }
  TrainingSettings settings = Settings();
  SUBCASE("full batch") {}
  SUBCASE("minibatches") { settings.minibatch = 256; }
  auto sampler = Sampler::Create(settings, []() -> Result<std::unique_ptr<sim::Environment>> {
    return test::MakeWanderEnvironment();
  });
  REQUIRE(sampler.ok());
  const sim::EnvironmentSpec& spec = (*sampler)->spec();
  RolloutBuffer buffer(spec.observation_dim, spec.action_dim, 6, 200);
  PpoLearner learner(settings, spec);
  LearnerState state = learner.state();
  GradientPasses passes(settings, state, 1);
  WorkerPool pool(1);
  const GaussianActor actor = learner.Actor(0);
  const KeepGoing keep_going = [](double) { return true; };
  IterationReport report;

  const auto collect = [&] { return (*sampler)->Collect(actor, 1, pool, buffer, keep_going); };
  const auto learn = [&] { return passes.Run(state, buffer, 1, pool, keep_going, report); };
  REQUIRE(collect().ok());
  CHECK(test::AllocationsIn([&] { (void)collect(); }) == 0);
  buffer.DropDiverged();
  REQUIRE(learn().ok());
  CHECK(test::AllocationsIn([&] { (void)learn(); }) == 0);
}

}  // namespace
}  // namespace lookout::agents
