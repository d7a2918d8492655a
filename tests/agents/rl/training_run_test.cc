#include <doctest/doctest.h>

#include <cmath>

#include "agents/rl/checkpoint.h"
#include "agents/rl/training.h"
#include "tests/support/toy_environments.h"

namespace lookout::agents {
namespace {

using RunPtr = std::unique_ptr<TrainingRun>;

EnvironmentFactory Wander() {
  return
      []() -> Result<std::unique_ptr<sim::Environment>> { return test::MakeWanderEnvironment(); };
}

EnvironmentFactory Quadratic(const test::QuadraticOptions& options = {}) {
  return [options]() -> Result<std::unique_ptr<sim::Environment>> {
    return test::MakeQuadraticEnvironment(options);
  };
}

// Small enough that an iteration takes milliseconds; 7 environments make an uneven last group.
TrainingSettings SmallSettings() {
  TrainingSettings settings;
  settings.algorithm = Algorithm::kPpoLagrangian;
  settings.environments = 7;
  settings.steps_per_iteration = 7 * 60;
  settings.total_steps = 1'000'000;
  settings.workers = 1;
  settings.hidden = 16;
  settings.policy_iterations = 5;
  settings.value_iterations = 5;
  settings.cost_limit = 2.0;
  return settings;
}

RunPtr MakeRun(const TrainingSettings& settings, const EnvironmentFactory& factory) {
  auto run = TrainingRun::Create(settings, factory);
  REQUIRE_MESSAGE(run.ok(), (run.ok() ? "" : run.error().message));
  return std::move(*run);
}

IterationReport Iterate(TrainingRun& run) {
  auto report = run.RunIteration();
  REQUIRE_MESSAGE(report.ok(), (report.ok() ? "" : report.error().message));
  return *report;
}

// Everything a run is, but for the one setting that may differ.
std::string StateAfter(TrainingSettings settings, int workers, int iterations) {
  settings.workers = workers;
  const RunPtr run = MakeRun(settings, Wander());
  for (int i = 0; i < iterations; ++i) Iterate(*run);
  settings.workers = 1;
  const RunPtr plain = MakeRun(settings, Wander());
  REQUIRE(plain->RestoreCheckpoint(run->EncodeCheckpoint()).ok());
  return plain->EncodeCheckpoint();
}

// The probability of being far to the right, as a person might have marked it.
class RightIsUnsafe : public CostModel {
 public:
  explicit RightIsUnsafe(int dim = 3) : dim_(dim) {}
  CostModelId id() const override { return {4}; }
  int observation_dim() const override { return dim_; }
  const CostModelReport& report() const override { return report_; }
  void Predict(const Eigen::Ref<const Eigen::MatrixXf>& observations,
               Eigen::Ref<Eigen::VectorXf> probability,
               Eigen::Ref<Eigen::VectorXf> spread) const override {
    probability = (observations.row(0).transpose().array() > 0.5F).cast<float>() * 0.5F;
    spread.setZero();
  }
  std::string Encode() const override { return {}; }

 private:
  int dim_;
  CostModelReport report_;
};

TEST_CASE("the number of workers never changes a bit of the result") {
  TrainingSettings settings = SmallSettings();
  SUBCASE("full batch") {}
  SUBCASE("minibatches of normalised observations") {
    settings.minibatch = 100;
    settings.normalise_observations = true;
  }
  SUBCASE("several lanes and blocks") { settings.steps_per_iteration = 7 * 300; }
  const std::string one = StateAfter(settings, 1, 3);
  CHECK(StateAfter(settings, 2, 3) == one);
  CHECK(StateAfter(settings, 3, 3) == one);
}

TEST_CASE("a resumed run equals one that never stopped, bit for bit") {
  TrainingSettings settings = SmallSettings();
  SUBCASE("full batch") {}
  SUBCASE("minibatches of normalised observations") {
    settings.minibatch = 64;
    settings.normalise_observations = true;
  }
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
  }
  CHECK(whole->EncodeCheckpoint() == resumed->EncodeCheckpoint());
}

TEST_CASE("an abandoned iteration leaves no trace") {
  const RunPtr run = MakeRun(SmallSettings(), Wander());
  const RunPtr other = MakeRun(SmallSettings(), Wander());
  Iterate(*run);
  Iterate(*other);
  const std::string before = run->EncodeCheckpoint();
  for (const double stop_at : {0.0, 0.3, 0.75}) {
    double last = 0.0;
    const auto result = run->RunIteration([&](double fraction) {
      CHECK(fraction >= last);
      last = fraction;
      return fraction < stop_at;
    });
    CHECK_FALSE(result.ok());
    CHECK(run->EncodeCheckpoint() == before);
  }
  Iterate(*run);
  Iterate(*other);
  CHECK(run->EncodeCheckpoint() == other->EncodeCheckpoint());
}

TEST_CASE("PPO finds the unconstrained optimum of the quadratic toy") {
  TrainingSettings settings = SmallSettings();
  settings.algorithm = Algorithm::kPpo;
  settings.environments = 10;
  settings.steps_per_iteration = 1'000;
  settings.policy_learning_rate = 3e-3;
  settings.policy_iterations = 20;
  settings.initial_log_std = -1.5;
  const RunPtr run = MakeRun(settings, Quadratic());
  IterationReport report;
  for (int i = 0; i < 60; ++i) report = Iterate(*run);
  // Beyond 1 the action is clipped, so all of the noise may vanish there.
  CHECK(report.mean_return > -0.3);
  CHECK(report.multiplier == 0.0);
  CHECK(report.cost_value_loss == 0.0);
}

TEST_CASE("PPO-Lagrangian finds the constrained optimum and its multiplier") {
  // Cost a^2 for a > 0, held to 0.25 a step: the best action is 0.5, its return -0.25 each. There
  // the reward rises with a as fast as the cost, so lambda is 1 in units of the reward's deviation,
  // which noise makes 1 and a discount of 0 keeps there.
  TrainingSettings settings = SmallSettings();
  settings.environments = 10;
  settings.steps_per_iteration = 1'000;
  settings.gamma = settings.gae_lambda = settings.cost_gamma = settings.cost_gae_lambda = 0.0;
  settings.policy_learning_rate = 1e-3;
  settings.policy_iterations = 20;
  settings.value_iterations = 20;
  settings.initial_log_std = -1.5;
  settings.cost_limit = 2.5;
  settings.initial_multiplier = 0.3;
  settings.multiplier_learning_rate = 2e-2;
  const RunPtr run = MakeRun(settings, Quadratic({.reward_noise = 1.0}));
  double cost = 0.0;
  double multiplier = 0.0;
  double reward = 0.0;
  constexpr int kIterations = 250;
  constexpr int kAveraged = 150;
  for (int i = 0; i < kIterations; ++i) {
    const IterationReport report = Iterate(*run);
    if (i < kIterations - kAveraged) continue;
    cost += report.mean_true_cost / kAveraged;
    multiplier += report.multiplier / kAveraged;
    reward += report.mean_return / kAveraged;
  }
  CHECK(cost == doctest::Approx(2.5).epsilon(0.1));
  CHECK(multiplier == doctest::Approx(1.0).epsilon(0.2));
  CHECK(reward == doctest::Approx(-2.5).epsilon(0.15));
}

TEST_CASE("a learned cost is what the limit applies to, and the true cost stays beside it") {
  TrainingSettings settings = SmallSettings();
  settings.cost_source = CostSource::kLearned;
  const RunPtr run = MakeRun(settings, Wander());
  const auto without = run->RunIteration();
  REQUIRE_FALSE(without.ok());
  CHECK(without.error().code == ErrorCode::kBadInput);
  CHECK_FALSE(run->SetCostModel(std::make_shared<RightIsUnsafe>(60)).ok());

  REQUIRE(run->SetCostModel(std::make_shared<RightIsUnsafe>()).ok());
  const IterationReport report = Iterate(*run);
  // The toy's rule charges 1 for the same states, after the step.
  CHECK(report.mean_true_cost > 0.0);
  CHECK(report.mean_learned_cost == doctest::Approx(0.5 * report.mean_true_cost));
  CHECK(report.constrained_cost == report.mean_learned_cost);
  CHECK(report.cost_model == CostModelId{4});
}

TEST_CASE("without a constraint nothing is constrained; the rule's cost is logged all the same") {
  TrainingSettings settings = SmallSettings();
  settings.algorithm = Algorithm::kPpo;
  settings.cost_source = CostSource::kNone;
  const RunPtr run = MakeRun(settings, Wander());
  const IterationReport report = Iterate(*run);
  CHECK(std::isnan(report.constrained_cost));
  CHECK(std::isnan(report.mean_learned_cost));
  CHECK(report.mean_true_cost > 0.0);
  CHECK(report.true_cost_rate > 0.0);
}

TEST_CASE("diverged episodes are counted and left out") {
  const RunPtr run = MakeRun(SmallSettings(), Quadratic({.diverge_every = 3}));
  for (int i = 0; i < 3; ++i) {
    const IterationReport report = Iterate(*run);
    CHECK(report.diverged_episodes > 5);
    CHECK(report.episodes > report.diverged_episodes);
    CHECK(report.mean_return > -50.0);  // the diverged step's -1e9 is nowhere
    CHECK(report.mean_length == 10.0);
  }
}

TEST_CASE("if everything diverges the iteration fails and the agent stays") {
  const RunPtr run = MakeRun(SmallSettings(), Quadratic({.diverge_every = 1}));
  const std::string before = run->EncodeCheckpoint();
  CHECK_FALSE(run->RunIteration().ok());
  CHECK(run->EncodeCheckpoint() == before);
}

TEST_CASE("a loss that is not finite fails, names the way out and keeps the last good networks") {
  class Huge : public RightIsUnsafe {
    void Predict(const Eigen::Ref<const Eigen::MatrixXf>&, Eigen::Ref<Eigen::VectorXf> probability,
                 Eigen::Ref<Eigen::VectorXf> spread) const override {
      probability.setConstant(1e38F);
      spread.setZero();
    }
  };
  TrainingSettings settings = SmallSettings();
  settings.cost_source = CostSource::kLearned;
  const RunPtr run = MakeRun(settings, Wander());
  const std::string before = run->EncodeCheckpoint();
  REQUIRE(run->SetCostModel(std::make_shared<Huge>()).ok());
  const auto failed = run->RunIteration();
  REQUIRE_FALSE(failed.ok());
  CHECK(failed.error().message.find("not a finite number") != std::string::npos);
  CHECK(run->EncodeCheckpoint() == before);
}

TEST_CASE("settings out of range are named by their option") {
  const auto message = [](const std::function<void(TrainingSettings&)>& change) {
    TrainingSettings settings = SmallSettings();
    change(settings);
    const auto run = TrainingRun::Create(settings, Wander());
    REQUIRE_FALSE(run.ok());
    CHECK(run.error().code == ErrorCode::kBadInput);
    return run.error().message;
  };
  const auto names = [](const std::string& text, const char* option) {
    CAPTURE(text);
    CHECK(text.find(option) != std::string::npos);
  };
  names(message([](auto& s) { s.gamma = 1.5; }), "--gamma");
  names(message([](auto& s) { s.cost_gae_lambda = std::nan(""); }), "--cost-gae-lambda");
  names(message([](auto& s) { s.total_steps = 0; }), "--steps ");
  names(message([](auto& s) { s.workers = 0; }), "--workers");
  names(message([](auto& s) { s.hidden = 100'000; }), "--hidden");
  names(message([](auto& s) { s.steps_per_iteration = 100; }), "--environments");
  names(message([](auto& s) { s.minibatch = 1'000'000; }), "--minibatch");
  names(message([](auto& s) { s.cost_source = CostSource::kNone; }), "--cost none");
}

TEST_CASE("a collection that would not fit into memory is refused before it is allocated") {
  class Panorama : public sim::Environment {
   public:
    const sim::EnvironmentSpec& spec() const override { return spec_; }
    Status Reset(std::uint32_t) override { return {}; }
    Status ResetNext() override { return {}; }
    sim::StepResult Step(const Eigen::Ref<const Eigen::VectorXd>&) override { return {}; }
    const Eigen::VectorXd& observation() const override { return observation_; }

   private:
    sim::EnvironmentSpec spec_{.id = "Panorama", .observation_dim = 100'000, .action_dim = 1};
    Eigen::VectorXd observation_;
  };
  TrainingSettings settings = SmallSettings();
  settings.environments = 1;
  settings.steps_per_iteration = 100'000'000;
  const auto run = TrainingRun::Create(settings, []() -> Result<std::unique_ptr<sim::Environment>> {
    return std::unique_ptr<sim::Environment>(std::make_unique<Panorama>());
  });
  REQUIRE_FALSE(run.ok());
  CHECK(run.error().message.find("--steps-per-iteration 100000000 needs") != std::string::npos);
}

TEST_CASE("checkpoints of another kind of run are refused and change nothing") {
  const RunPtr run = MakeRun(SmallSettings(), Wander());
  Iterate(*run);
  const std::string own = run->EncodeCheckpoint();
  const auto refused = [&](const std::string& bytes, const char* reason) {
    const Status status = run->RestoreCheckpoint(bytes);
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().code == ErrorCode::kBadInput);
    CAPTURE(status.error().message);
    CHECK(status.error().message.find(reason) != std::string::npos);
    CHECK(run->EncodeCheckpoint() == own);
  };
  TrainingSettings wider = SmallSettings();
  wider.hidden = 17;
  refused(MakeRun(wider, Wander())->EncodeCheckpoint(), "--hidden 17");
  TrainingSettings seeded = SmallSettings();
  seeded.seed = 5;
  refused(MakeRun(seeded, Wander())->EncodeCheckpoint(), "--seed 5");
  refused(MakeRun(SmallSettings(), Quadratic())->EncodeCheckpoint(), "observation_dim");
  refused(own.substr(0, own.size() / 2), "cut short");
  refused(std::string(5000, 'x'), "not written by Lookout");
  refused(*PolicyFileOf(own, run->spec()), "found 'policy'");
}

TEST_CASE("a PPO run can go on as PPO-Lagrangian, and on another cost source") {
  TrainingSettings settings = SmallSettings();
  settings.algorithm = Algorithm::kPpo;
  const RunPtr plain = MakeRun(settings, Wander());
  Iterate(*plain);
  settings.algorithm = Algorithm::kPpoLagrangian;
  settings.cost_source = CostSource::kLearned;
  const RunPtr constrained = MakeRun(settings, Wander());
  REQUIRE(constrained->RestoreCheckpoint(plain->EncodeCheckpoint()).ok());
  REQUIRE(constrained->SetCostModel(std::make_shared<RightIsUnsafe>()).ok());
  CHECK(Iterate(*constrained).iteration == 2);
}

TEST_CASE("a policy file acts as the run's own policy does") {
  TrainingSettings settings = SmallSettings();
  settings.normalise_observations = true;
  const RunPtr run = MakeRun(settings, Wander());
  Iterate(*run);
  const std::string checkpoint = run->EncodeCheckpoint();
  const std::string file = *PolicyFileOf(checkpoint, run->spec());
  CHECK(file.size() < checkpoint.size() / 5);
  for (const bool deterministic : {true, false}) {
    const PolicyPtr own = run->policy(deterministic);
    CHECK(own->name() == "PPO-Lagrangian, iteration 1");
    CHECK(own->version() == 1);
    for (const std::string& bytes : {file, checkpoint}) {
      const auto read = DecodePolicy(bytes, run->spec(), deterministic);
      REQUIRE(read.ok());
      const Eigen::Vector3d observation(0.2, 0.5, 0.1);
      RandomState first(1);
      RandomState second(1);
      Eigen::VectorXd a;
      Eigen::VectorXd b;
      own->Act(observation, *own->NewMemory(), first, a);
      (*read)->Act(observation, *(*read)->NewMemory(), second, b);
      CHECK(a == b);
      CHECK(a.size() == 2);
    }
  }
  CHECK_FALSE(DecodePolicy(file.substr(0, 100), run->spec(), true).ok());
  sim::EnvironmentSpec other = run->spec();
  other.observation_dim = 60;
  const auto refused = DecodePolicy(file, other, true);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("is 3, expected 60") != std::string::npos);
}

TEST_CASE("a run is finished when its steps are used up") {
  TrainingSettings settings = SmallSettings();
  settings.total_steps = 2 * settings.steps_per_iteration;
  const RunPtr run = MakeRun(settings, Wander());
  Iterate(*run);
  CHECK_FALSE(run->finished());
  CHECK(Iterate(*run).steps == settings.total_steps);
  CHECK(run->finished());
}

}  // namespace
}  // namespace lookout::agents
