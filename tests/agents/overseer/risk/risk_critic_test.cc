#include "agents/overseer/risk/risk_critic.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include "agents/overseer/risk/risk_filter.h"
#include "agents/rollout/stepper.h"
#include "tests/agents/overseer/blocker/wall_environment.h"
#include "tests/support/allocation_counter.h"
#include "tests/support/contains.h"

namespace lookout::agents {
namespace {

// Episodes of a driver who draws a throttle now and then.
RiskData Drives(int episodes, std::uint32_t seed = 1) {
  RiskData data{.signature = test::WallSignature(), .action_dim = 1};
  RandomState random(seed);
  test::WallEnvironment wall;
  for (int episode = 0; episode < episodes; ++episode) {
    REQUIRE(wall.Reset(seed * 1000U + std::uint32_t(episode)).ok());
    Eigen::VectorXd action = Eigen::VectorXd::Constant(1, random.Uniform(-1.0, 1.0));
    sim::EpisodeStatus status = sim::EpisodeStatus::kRunning;
    for (int step = 0; !sim::IsDone(status); ++step) {
      const Eigen::VectorXf before = wall.observation().cast<float>();
      const sim::StepResult result = wall.Step(action);
      status = result.status;
      const Eigen::VectorXf after = wall.observation().cast<float>();
      const Eigen::VectorXd executed = action;
      if (step % 8 == 0) action[0] = random.Uniform(-1.0, 1.0);
      const Eigen::VectorXf next = action.cast<float>();
      AddRiskStep({.before = before,
                   .executed = executed,
                   .after = after,
                   .next_action = sim::IsDone(status) ? nullptr : &next,
                   .violation = result.costs.total > 0.0,
                   .status = status,
                   .episode = episode},
                  data);
    }
  }
  return data;
}

RiskSettings QuickRisk() {
  return {.gamma = 0.9,
          .hidden = 16,
          .updates = 1500,
          .batch = 64,
          .learning_rate = 5e-3,
          .target_rate = 0.02};
}

RiskCriticPtr FittedRisk() {
  static const RiskCriticPtr critic = *FitRiskCritic(Drives(60), QuickRisk(), "Wall");
  return critic;
}

TEST_CASE("risk tells what soon violates from what does not, in episodes that it has not seen") {
  CHECK(FittedRisk()->report.auc > 0.9);
  CHECK(FittedRisk()->report.horizon_steps == 10);
  CHECK(FittedRisk()->report.violations > 50);
}

TEST_CASE("risk is near one at a violation, and gamma to the number of steps before it") {
  // A world of a corridor of certain steps: from x the next is x + 1, a violation at 5.
  RiskData data{.signature = test::WallSignature(), .action_dim = 1};
  const Eigen::VectorXd action = Eigen::VectorXd::Zero(1);
  const Eigen::VectorXf next = Eigen::VectorXf::Zero(1);
  for (int episode = 0; episode < 10; ++episode) {
    for (int x = 0; x < 5; ++x) {
      const Eigen::VectorXf before = Eigen::Vector2f(float(x), 0.0F);
      const Eigen::VectorXf after = Eigen::Vector2f(float(x + 1), 0.0F);
      AddRiskStep({.before = before,
                   .executed = action,
                   .after = after,
                   .next_action = &next,
                   .violation = x == 4,
                   .episode = episode},
                  data);
    }
  }
  RiskSettings settings = QuickRisk();
  settings.gamma = 0.7;
  settings.updates = 3000;
  const RiskCriticPtr critic = *FitRiskCritic(data, settings, "Corridor");
  ActionScorer scorer(critic->networks);
  for (int x = 0; x < 5; ++x) {
    const float risk = RiskOf(scorer.Logits(Eigen::Vector2d(x, 0.0), action).col(0));
    CHECK(double(risk) == doctest::Approx(std::pow(0.7, 4 - x)).epsilon(0.1));
  }
}

TEST_CASE("the last step of an episode that was cut off says nothing unless it violates") {
  RiskData data{.signature = test::WallSignature(), .action_dim = 1};
  const Eigen::VectorXf seen = Eigen::Vector2f(1.0F, 0.0F);
  const Eigen::VectorXd action = Eigen::VectorXd::Zero(1);
  AddRiskStep({.before = seen,
               .executed = action,
               .after = seen,
               .next_action = nullptr,
               .status = sim::EpisodeStatus::kTimedOut},
              data);
  CHECK(data.rows() == 0);
  AddRiskStep({.before = seen,
               .executed = action,
               .after = seen,
               .next_action = nullptr,
               .violation = true,
               .status = sim::EpisodeStatus::kTimedOut},
              data);
  AddRiskStep({.before = seen,
               .executed = action,
               .after = seen,
               .next_action = nullptr,
               .status = sim::EpisodeStatus::kGoalMet},
              data);
  REQUIRE(data.rows() == 2);
  CHECK(data.ended == std::vector<std::uint8_t>{0, 1});
}

double CostOfFullThrottle(ActionFilter* filter) {
  test::WallEnvironment wall;
  Stepper stepper(wall, filter);
  double cost = 0.0;
  for (std::uint32_t seed = 1; seed <= 5; ++seed) {
    REQUIRE(wall.Reset(seed).ok());
    stepper.BeginEpisode();
    for (int i = 0; i < 40; ++i) {
      stepper.Hold(Eigen::VectorXd::Constant(1, 1.0), sim::ActionSource::kAgent, 1);
      cost += stepper.Step().result.costs.total;
    }
  }
  return cost;
}

TEST_CASE("either recovery keeps an agent that drives at the wall from most violations") {
  const auto back_off = [](const sim::Environment&, Eigen::VectorXd& a) { a.setConstant(-1.0); };
  RiskFilter least(FittedRisk(), Recovery::kLeastRisk, back_off);
  RiskFilter fallback(FittedRisk(), Recovery::kFallback, back_off);
  const double alone = CostOfFullThrottle(nullptr);
  CHECK(alone > 50.0);
  CHECK(CostOfFullThrottle(&least) < 0.2 * alone);
  CHECK(CostOfFullThrottle(&fallback) < 0.2 * alone);
}

TEST_CASE("too much risk is replaced with its figure as the reason, without allocating") {
  test::WallEnvironment wall;
  wall.Place(0.12, 0.8);
  RiskFilter filter(FittedRisk(), Recovery::kLeastRisk, {});
  const Eigen::VectorXd full = Eigen::VectorXd::Constant(1, 1.0);
  const Decision decision = filter.Review({wall}, full);
  REQUIRE(decision.kind == Decision::Kind::kReplace);
  CHECK(Contains(std::string(decision.reason), "the risk is "));
  if (!test::CountsAllocations()) return;
  const auto allocated = test::AllocationsIn([&] {
    for (int i = 0; i < 10; ++i) filter.Review({wall}, full);
  });
  CHECK(allocated == 0);
}

TEST_CASE("a critic comes back from its bytes, and foreign ones are refused") {
  const std::string bytes = EncodeRiskCritic(*FittedRisk());
  const auto read = DecodeRiskCritic(bytes);
  REQUIRE_MESSAGE(read.ok(), read.error().message);
  CHECK(EncodeRiskCritic(**read) == bytes);
  CHECK(IsRiskCritic(bytes));
  CHECK_FALSE(IsBlocker(bytes));
  CHECK_FALSE(DecodeBlocker(bytes).ok());
  CHECK_FALSE(DecodeRiskCritic(bytes.substr(1)).ok());
}

TEST_CASE("data without violations are refused with what to do") {
  RiskData data = Drives(10);
  std::ranges::fill(data.violation, 0);
  const auto refused = FitRiskCritic(data, QuickRisk(), "Wall");
  REQUIRE_FALSE(refused.ok());
  CHECK(Contains(refused.error().message, "record more"));
}

}  // namespace
}  // namespace lookout::agents
