#include <doctest/doctest.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "agents/overseer/delegation/advice.h"
#include "agents/overseer/delegation/delegation_filter.h"
#include "agents/rollout/stepper.h"
#include "tests/agents/overseer/blocker/wall_environment.h"
#include "tests/support/allocation_counter.h"
#include "tests/support/contains.h"

namespace lookout::agents {
namespace {

// Backs off, always.
class BackingOff : public Policy {
 public:
  std::string name() const override { return "Careful"; }
  std::unique_ptr<PolicyMemory> NewMemory() const override {
    return std::make_unique<PolicyMemory>();
  }
  void Act(const Eigen::VectorXd&, PolicyMemory&, RandomState&,
           Eigen::VectorXd& action) const override {
    action.setConstant(1, -1.0);
  }
};

BlockerModelPtr WallModel() {
  static const BlockerModelPtr model =
      *FitBlocker(test::WallData(60), test::QuickFit(), "Ann", "Wall");
  return model;
}

std::unique_ptr<DelegationFilter> Delegating(const DelegationSettings& settings = {}) {
  return std::make_unique<DelegationFilter>(WallModel(), nullptr, std::make_shared<BackingOff>(),
                                            settings);
}

const Eigen::VectorXd kFull = Eigen::VectorXd::Constant(1, 1.0);

TEST_CASE("danger hands over to the advisor, under its name and with the reason") {
  test::WallEnvironment wall;
  const auto filter = Delegating();
  wall.Place(0.8, 0.0);
  CHECK(filter->Review({wall, 0}, kFull).kind == Decision::Kind::kPass);
  wall.Place(0.1, 0.8);
  const Decision decision = filter->Review({wall, 1}, kFull);
  REQUIRE(decision.kind == Decision::Kind::kReplace);
  CHECK((*decision.action)[0] == -1.0);
  CHECK(decision.source == sim::ActionSource::kOverseer);
  CHECK(filter->name() == "Careful");
  CHECK(Contains(std::string(decision.reason), "handed to Careful: "));
}

TEST_CASE("what was never seen hands over, too") {
  test::WallEnvironment wall;
  const auto filter = Delegating();
  wall.Place(50.0, 0.0);
  CHECK(filter->Review({wall, 0}, kFull).kind == Decision::Kind::kReplace);
}

TEST_CASE("the wheel comes back only once both signals are below their lower thresholds") {
  test::WallEnvironment wall;
  const auto filter = Delegating({.alpha = 0.1, .least_steps = 3});
  const DelegationThresholds& thresholds = filter->thresholds();
  CHECK(thresholds.risk_below < thresholds.risk_above);
  CHECK(thresholds.spread_below < thresholds.spread_above);
  wall.Place(0.1, 0.8);
  CHECK(filter->Review({wall, 0}, kFull).kind == Decision::Kind::kReplace);
  wall.Place(0.8, 0.2);
  const Eigen::VectorXd back = Eigen::VectorXd::Zero(1);
  CHECK(filter->Review({wall, 1}, back).kind == Decision::Kind::kReplace);  // least steps
  CHECK(filter->Review({wall, 2}, back).kind == Decision::Kind::kReplace);
  CHECK(filter->Review({wall, 3}, back).kind == Decision::Kind::kPass);
  CHECK(filter->counts().hand_overs == 1);
  CHECK(filter->counts().advisor_steps == 3);
}

TEST_CASE("no more hand-overs begin within a thousand steps than the budget allows") {
  test::WallEnvironment wall;
  const auto filter = Delegating({.budget = 2, .least_steps = 1});
  std::vector<int> begun;
  for (int step = 0; step < 2500; ++step) {
    const bool danger = step % 50 == 10;
    wall.Place(danger ? 0.1 : 0.8, danger ? 0.8 : 0.2);
    const std::int64_t before = filter->counts().hand_overs;
    filter->Review({wall, step}, danger ? kFull : Eigen::VectorXd::Zero(1));
    if (filter->counts().hand_overs > before) begun.push_back(step);
  }
  CHECK(begun == std::vector<int>{10, 60, 1010, 1060, 2010, 2060});
  CHECK(filter->counts().over_budget > 0);
  CHECK(Delegating({.budget = 0})->counts().hand_overs == 0);
}

TEST_CASE("an episode's answers depend on that episode alone") {
  test::WallEnvironment wall;
  const auto filter = Delegating({.budget = 1});
  const auto play = [&] {
    filter->BeginEpisode();
    std::string answers;
    for (int step = 0; step < 60; ++step) {
      wall.Place(0.5 + 0.45 * std::sin(0.3 * step), 0.5);
      const bool passes = filter->Review({wall, step}, kFull).kind == Decision::Kind::kPass;
      answers += passes ? '.' : 'A';
    }
    return answers;
  };
  const std::string first = play();
  CHECK(Contains(first, "A"));
  CHECK(play() == first);
}

TEST_CASE("a delegation's review does not allocate") {
  test::WallEnvironment wall;
  const auto filter = Delegating();
  wall.Place(0.1, 0.8);
  filter->Review({wall, 0}, kFull);
  if (!test::CountsAllocations()) return;
  const auto allocated = test::AllocationsIn([&] {
    for (int step = 1; step < 10; ++step) filter->Review({wall, step}, kFull);
  });
  CHECK(allocated == 0);
}

TEST_CASE("what the advisor did is a set of rows to imitate, and an actor comes nearer to it") {
  auto chunk = std::make_shared<sim::RecordingChunk>();
  const auto careful = std::make_shared<const std::string>("Careful");
  for (int i = 0; i <= 60; ++i) {
    sim::StepRecord step;
    step.observation = Eigen::Vector2f(0.01F * float(i), 0.5F);
    if (i > 0) step.executed_action = Eigen::VectorXd::Constant(1, i % 2 == 0 ? -1.0 : 1.0);
    if (i > 0 && i % 2 == 0) {
      step.overseer = careful;
      step.source = sim::ActionSource::kOverseer;
    }
    chunk->steps.push_back(step);
  }
  AdviceRows rows{.signature = test::WallSignature(), .action_dim = 1};
  const std::vector<sim::ChunkPtr> chunks{chunk};
  CHECK(*AddAdvice({.id = {3}}, chunks, "Someone else", rows) == 0);
  REQUIRE(*AddAdvice({.id = {3}}, chunks, "Careful", rows) == 30);
  CHECK(rows.action_columns().maxCoeff() == -1.0F);
  CHECK(rows.observation_columns()(0, 0) == doctest::Approx(0.01));

  GaussianActor actor{.name = "PPO", .mean = Mlp({2, 8, 1}), .log_std = Eigen::VectorXf::Zero(1)};
  RandomState random(1);
  Mlp mean({2, 8, 1});
  mean.InitialiseGlorot(random);
  actor.mean = mean;
  const auto imitation = ImitateAdvice(actor, rows, {.learning_rate = 1e-2});
  REQUIRE(imitation.ok());
  CHECK(imitation->error_before > 0.3);
  CHECK(imitation->error_after < 0.01);
  CHECK_FALSE(ImitateAdvice(actor, {.signature = test::WallSignature(), .action_dim = 1}, {}).ok());
}

}  // namespace
}  // namespace lookout::agents
