// The hot paths of training do not allocate once they have run: neither a step of sampling nor an
// update of any agent.
#include <doctest/doctest.h>

#include <cmath>
#include <memory>

#include "agents/rl/algorithms/policy_update.h"
#include "agents/rl/rollouts/sampler.h"
#include "agents/rl/runs/value_epochs.h"
#include "tests/agents/rl/run_support.h"
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
  settings.max_gradient_norm = 0.5;
  return settings;
}

// A collection to learn from, and what it was collected with.
struct Scene {
  explicit Scene(const TrainingSettings& given) : settings(given), pool(1) {
    auto made = Sampler::Create(settings, []() -> Result<std::unique_ptr<sim::Environment>> {
      return test::MakeWanderEnvironment();
    });
    REQUIRE(made.ok());
    sampler = std::move(*made);
    sampler->SetCostModel(std::make_shared<RightIsUnsafe>());
    state = FreshState(settings, spec());
    buffer = RolloutBuffer(spec().observation_dim, spec().action_dim, 6, 200, state.state_dims());
    actor = {.name = "test", .mean = state.policy.network, .log_std = state.policy.log_std};
  }
  const sim::EnvironmentSpec& spec() const { return sampler->spec(); }
  Result<bool> Collect() { return sampler->Collect(actor, 1, pool, buffer, keep_going); }
  void SetAdvantages() {
    buffer.DropDiverged();
    RandomState random(1);
    for (float& value : buffer.advantages) value = float(random.Normal());
    for (float& value : buffer.cost_advantages) value = float(random.Normal());
  }

  TrainingSettings settings;
  WorkerPool pool;
  std::unique_ptr<Sampler> sampler;
  RolloutBuffer buffer;
  LearnerState state;
  GaussianActor actor;
  KeepGoing keep_going = [](double) { return true; };
};

// The update of one iteration, as often as it is called.
struct Learning {
  explicit Learning(Scene& all, const TrainingSettings& settings)
      : scene(all),
        update(MakePolicyUpdate(settings, all.spec(), all.state)),
        values(settings, all.state) {
    // Without a cost per episode, so that the multiplier's one step per iteration is left out.
    report.constrained_cost = std::nan("");
  }
  bool operator()() {
    const UpdateInput input{scene.buffer, 1, scene.pool, scene.keep_going};
    return update->Run(scene.state, input, report).ok() &&
           values.Run(scene.state, input, report).ok();
  }

  Scene& scene;
  std::unique_ptr<PolicyUpdate> update;
  ValueEpochs values;
  IterationReport report;
};

// More of the test's subcases: networks with memory.
void ChooseMemory(TrainingSettings& settings) {
  SUBCASE("PPO-Lagrangian with memory, in minibatches") {
    settings.minibatch = 256;
    settings.network = NetworkKind::kGru;
  }
  SUBCASE("PPO-Lagrangian with attention, in minibatches") {
    settings.minibatch = 256;
    settings.network = NetworkKind::kGtrxl;
  }
  SUBCASE("CPO with attention") {
    settings.algorithm = Algorithm::kCpo;
    settings.network = NetworkKind::kTrxl;
  }
  SUBCASE("CPO with memory") {
    settings.algorithm = Algorithm::kCpo;
    settings.network = NetworkKind::kGru;
  }
}

TEST_CASE("sampling and gradient steps of every agent run without the heap after warm-up") {
  if (!test::CountsAllocations()) {
    MESSAGE("skipped: sanitizers bring their own malloc");
    return;
  }
  TrainingSettings settings = Settings();
  SUBCASE("PPO") { settings.algorithm = Algorithm::kPpo; }
  SUBCASE("PPO-Lagrangian") {}
  SUBCASE("PPO-Lagrangian with held actions") { settings.action_repeat = 2; }
  SUBCASE("PPO-Lagrangian in minibatches") { settings.minibatch = 256; }
  SUBCASE("TRPO") { settings.algorithm = Algorithm::kTrpo; }
  SUBCASE("TRPO-Lagrangian") { settings.algorithm = Algorithm::kTrpoLagrangian; }
  SUBCASE("CPO") { settings.algorithm = Algorithm::kCpo; }
  SUBCASE("PPO-Lagrangian, networks of 2019") { settings.hidden = 256; }
  SUBCASE("CPO, networks of 2019") {
    settings.algorithm = Algorithm::kCpo;
    settings.hidden = 256;
  }
  ChooseMemory(settings);
  Scene scene(settings);
  REQUIRE(scene.Collect().ok());
  CHECK(test::AllocationsIn([&] { (void)scene.Collect(); }) == 0);

  scene.SetAdvantages();
  Learning learn(scene, settings);
  REQUIRE(learn());
  bool learned = false;
  CHECK(test::AllocationsIn([&] { learned = learn(); }) == 0);
  CHECK(learned);
}

}  // namespace
}  // namespace lookout::agents
