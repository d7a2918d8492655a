#include "agents/rl/runs/memory_estimate.h"

#include <doctest/doctest.h>

#include <string>

#include "agents/rl/runs/training.h"
#include "sim/engine/safety_gym.h"
#include "tests/support/toy_environments.h"

namespace lookout::agents {
namespace {

// An environment that says it is larger than any machine.
class HugeEnvironment final : public sim::Environment {
 public:
  const sim::EnvironmentSpec& spec() const override { return small_->spec(); }
  Status Reset(std::uint32_t seed) override { return small_->Reset(seed); }
  Status ResetNext() override { return small_->ResetNext(); }
  sim::StepResult Step(const Eigen::Ref<const Eigen::VectorXd>& action) override {
    return small_->Step(action);
  }
  const Eigen::VectorXd& observation() const override { return small_->observation(); }
  std::size_t memory_bytes() const override { return std::size_t{1} << 50U; }

 private:
  std::unique_ptr<sim::Environment> small_ = test::MakeQuadraticEnvironment();
};

TEST_CASE("a run that does not fit into memory is refused after one environment is made") {
  TrainingSettings settings;
  settings.environments = 4000;
  settings.steps_per_iteration = 40000;
  int made = 0;
  const auto run = TrainingRun::Create(settings, [&] {
    ++made;
    return Result<std::unique_ptr<sim::Environment>>(std::make_unique<HugeEnvironment>());
  });
  REQUIRE_FALSE(run.ok());
  CHECK(run.error().code == ErrorCode::kBadInput);
  CHECK(run.error().message.find("--environments 4000 alone") != std::string::npos);
  CHECK(made == 1);
}

TEST_CASE("the option that takes most of the memory is named") {
  const auto environment = test::MakeQuadraticEnvironment();
  TrainingSettings settings;
  CHECK(CheckFitsMemory(EstimateMemory(settings, *environment), settings, 1e9).ok());

  settings.steps_per_iteration = 100'000'000;
  Status refused = CheckFitsMemory(EstimateMemory(settings, *environment), settings, 1e9);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("--steps-per-iteration 100000000 alone") != std::string::npos);

  settings.steps_per_iteration = 30'000;
  settings.hidden = 4096;
  refused = CheckFitsMemory(EstimateMemory(settings, *environment), settings, 1e9);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("--hidden 4096 alone") != std::string::npos);
}

TEST_CASE("an environment of Safety Gym counts its model and its data") {
  const auto config = sim::ConfigForId("Safexp-PointGoal1-v0");
  REQUIRE(config.ok());
  const auto gym = sim::SafetyGym::Create(*config);
  REQUIRE(gym.ok());
  CHECK((*gym)->memory_bytes() > 100'000);
  CHECK((*gym)->memory_bytes() < 100'000'000);
}

}  // namespace
}  // namespace lookout::agents
