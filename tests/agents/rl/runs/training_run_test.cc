#include <doctest/doctest.h>

#include <cmath>

#include "agents/rl/runs/checkpoint.h"
#include "agents/rl/runs/training.h"
#include "tests/agents/rl/run_support.h"

namespace lookout::agents {
namespace {

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

TEST_CASE("an episode's predicted cost is the sum over its steps, however long actions are held") {
  TrainingSettings settings = SmallSettings();
  settings.cost_source = CostSource::kLearned;
  settings.action_repeat = 4;  // episodes of 5 to 40 steps end amid a decision
  const RunPtr run = MakeRun(settings, Wander());
  REQUIRE(run->SetCostModel(std::make_shared<RightIsUnsafe>()).ok());
  const IterationReport report = Iterate(*run);
  CHECK(report.mean_true_cost > 0.0);
  CHECK(report.mean_learned_cost == doctest::Approx(0.5 * report.mean_true_cost));
}

TEST_CASE("sum and maximum of both costs, and one kind alone, are what the limit applies to") {
  // The model says 1/2 wherever the toy's rule charges 1, and the toy knows no kinds of cost.
  const auto constrained = [](CostSource source) {
    TrainingSettings settings = SmallSettings();
    settings.cost_source = source;
    const RunPtr run = MakeRun(settings, Wander());
    REQUIRE(run->SetCostModel(std::make_shared<RightIsUnsafe>()).ok());
    const IterationReport report = Iterate(*run);
    CHECK(report.mean_true_cost > 0.0);  // logged whatever constrains
    return report.constrained_cost / report.mean_true_cost;
  };
  CHECK(constrained(CostSource::kRule) == doctest::Approx(1.0));
  CHECK(constrained(CostSource::kSum) == doctest::Approx(1.5));
  CHECK(constrained(CostSource::kMaximum) == doctest::Approx(1.0));
  CHECK(constrained(CostSource::kLearned) == doctest::Approx(0.5));
  CHECK(constrained(CostSource::kHazards) == 0.0);
}

TEST_CASE("without a constraint nothing is constrained, the rule's cost is logged all the same") {
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
    void Predict(const Transitions&, Eigen::Ref<Eigen::VectorXf> probability,
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
  names(message([](auto& s) {
          s.action_repeat = 2;
          s.minibatch = s.steps_per_iteration / 2 + 1;
        }),
        "--action-repeat");
  names(message([](auto& s) { s.pid_delay = 0; }), "--pid-delay");
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
  CHECK(run.error().message.find("--steps-per-iteration 100000000 alone") != std::string::npos);
}

// The same world under another name.
class Elsewhere : public sim::Environment {
 public:
  Elsewhere() : world_(test::MakeWanderEnvironment()), spec_(world_->spec()) {
    spec_.id = "elsewhere";
  }
  const sim::EnvironmentSpec& spec() const override { return spec_; }
  Status Reset(std::uint32_t seed) override { return world_->Reset(seed); }
  Status ResetNext() override { return world_->ResetNext(); }
  sim::StepResult Step(const Eigen::Ref<const Eigen::VectorXd>& action) override {
    return world_->Step(action);
  }
  const Eigen::VectorXd& observation() const override { return world_->observation(); }

 private:
  std::unique_ptr<sim::Environment> world_;
  sim::EnvironmentSpec spec_;
};

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
  TrainingSettings controlled = SmallSettings();
  controlled.multiplier_kind = MultiplierKind::kPid;
  refused(MakeRun(controlled, Wander())->EncodeCheckpoint(), "--multiplier pid");
  refused(MakeRun(SmallSettings(), Quadratic())->EncodeCheckpoint(),
          "its observation has observation (2), expected observation (3)");
  const EnvironmentMaker elsewhere = []() -> Result<std::unique_ptr<sim::Environment>> {
    return std::unique_ptr<sim::Environment>(std::make_unique<Elsewhere>());
  };
  refused(MakeRun(SmallSettings(), elsewhere)->EncodeCheckpoint(), "written in elsewhere");
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
  CHECK(refused.error().message.find("its observation has observation (3), expected "
                                     "observation (60)") != std::string::npos);
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
