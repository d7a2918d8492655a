// The five agents on problems whose answers are known.
#include <doctest/doctest.h>

#include <cmath>
#include <optional>
#include <string>

#include "agents/rl/settings/training_settings.h"
#include "tests/agents/rl/run_support.h"

namespace lookout::agents {
namespace {

// Reward -(a - 1)^2, cost a^2 for a > 0. A discount of 0 and reward noise of deviation 1 keep the
// advantages, and so the multiplier, in units of the reward. The policy keeps a deviation of
// exp(-2): with mean m an episode of 10 steps brings -10 ((m - 1)^2 + kVariance) and costs
// 10 (m^2 + kVariance).
constexpr double kVariance = 0.0183;
constexpr double kLimit = 2.5;
TrainingSettings ToySettings(const Variant& variant) {
  TrainingSettings settings = SettingsOf(variant);
  settings.environments = 10;
  settings.steps_per_iteration = 1'000;
  settings.gamma = settings.gae_lambda = settings.cost_gamma = settings.cost_gae_lambda = 0.0;
  settings.policy_learning_rate = 1e-3;
  settings.policy_iterations = 20;
  settings.value_iterations = 20;
  settings.initial_log_std = settings.least_log_std = -2.0;
  settings.cost_limit = kLimit;
  settings.initial_multiplier = 0.3;
  settings.multiplier_learning_rate = 2e-2;
  settings.pid_integral = 0.02;
  settings.pid_proportional = 0.2;
  return settings;
}

TEST_CASE("PPO and TRPO find the unconstrained optimum") {
  for (const Algorithm algorithm : {Algorithm::kPpo, Algorithm::kTrpo}) {
    CAPTURE(AlgorithmName(algorithm));
    TrainingSettings settings = ToySettings({algorithm});
    settings.policy_learning_rate = 3e-3;
    settings.least_log_std = -20.0;
    const RunPtr run = MakeRun(settings, Quadratic());
    IterationReport report;
    for (int i = 0; i < 60; ++i) report = Iterate(*run);
    // Beyond 1 the action is clipped, so all of the noise may vanish there.
    CHECK(report.mean_return > -0.3);
    CHECK(report.multiplier == 0.0);
    CHECK(report.cost_value_loss == 0.0);
    CHECK(report.cpo_case == CpoCase::kNone);
  }
}

struct Averages {
  double cost = 0.0;
  double multiplier = 0.0;
  double reward = 0.0;
};

Averages LateAverages(const TrainingSettings& settings, int iterations, int averaged) {
  const RunPtr run = MakeRun(settings, Quadratic({.reward_noise = 1.0}));
  Averages averages;
  for (int i = 0; i < iterations; ++i) {
    const IterationReport report = Iterate(*run);
    CHECK(report.multiplier >= 0.0);
    if (i < iterations - averaged) continue;
    averages.cost += report.mean_true_cost / averaged;
    averages.multiplier += report.multiplier / averaged;
    averages.reward += report.mean_return / averaged;
  }
  return averages;
}

TEST_CASE("Lagrangian agents find the constrained optimum and its multiplier") {
  // The best mean is where the limit is met; lambda weighs there how fast reward and cost rise.
  const double mean = std::sqrt(kLimit / 10.0 - kVariance);
  Variant variant{Algorithm::kPpoLagrangian};
  bool combines = false;
  SUBCASE("PPO-Lagrangian") {}
  SUBCASE("PPO-Lagrangian, reward and cost clipped as one") { combines = true; }
  SUBCASE("PPO-Lagrangian, PID") { variant.multiplier = MultiplierKind::kPid; }
  SUBCASE("TRPO-Lagrangian") { variant.algorithm = Algorithm::kTrpoLagrangian; }
  SUBCASE("TRPO-Lagrangian, PID") { variant = {Algorithm::kTrpoLagrangian, MultiplierKind::kPid}; }
  TrainingSettings settings = ToySettings(variant);
  settings.combine_advantages = combines;
  const Averages late = LateAverages(settings, 250, 150);
  CHECK(late.cost == doctest::Approx(kLimit).epsilon(0.1));
  CHECK(late.multiplier == doctest::Approx((1.0 - mean) / mean).epsilon(0.2));
  CHECK(late.reward ==
        doctest::Approx(-10.0 * ((1.0 - mean) * (1.0 - mean) + kVariance)).epsilon(0.1));
}

TEST_CASE("CPO finds the constrained optimum without a multiplier of its own") {
  const Averages late = LateAverages(ToySettings({Algorithm::kCpo}), 250, 100);
  const double mean = std::sqrt(kLimit / 10.0 - kVariance);
  CHECK(late.cost == doctest::Approx(kLimit).epsilon(0.1));
  CHECK(late.reward ==
        doctest::Approx(-10.0 * ((1.0 - mean) * (1.0 - mean) + kVariance)).epsilon(0.1));
}

TEST_CASE("a fixed multiplier is a penalty: the optimum is where reward minus penalty is best") {
  // -(m - 1)^2 - 3 m^2 is best at m = 1/4, where a step costs 1/16 and what the deviation adds.
  TrainingSettings settings = ToySettings({Algorithm::kPpoLagrangian, MultiplierKind::kFixed});
  settings.initial_multiplier = 3.0;
  const Averages late = LateAverages(settings, 120, 60);
  CHECK(late.multiplier == doctest::Approx(3.0));
  CHECK(late.cost == doctest::Approx(10.0 * (1.0 / 16.0 + kVariance)).epsilon(0.2));
}

TEST_CASE("CPO that starts far too costly recovers, within its trust region") {
  TrainingSettings settings = ToySettings({Algorithm::kTrpo});
  SUBCASE("action by action") {}
  SUBCASE("holding each action for five steps") { settings.action_repeat = 5; }
  const RunPtr eager = MakeRun(settings, Quadratic());
  for (int i = 0; i < 40; ++i) Iterate(*eager);  // near a = 1, where an episode costs 10
  settings.algorithm = Algorithm::kCpo;
  const RunPtr run = MakeRun(settings, Quadratic());
  REQUIRE(run->RestoreCheckpoint(eager->EncodeCheckpoint()).ok());
  const IterationReport first = Iterate(*run);
  CHECK(first.mean_true_cost > 5.0);
  CHECK(first.cpo_case == CpoCase::kRecovery);
  CHECK(first.surrogate_cost_change < 0.0);
  std::optional<double> cost_of_first_other;
  IterationReport report = first;
  for (int i = 0; i < 60; ++i) {
    report = Iterate(*run);
    CHECK(report.kl <= settings.target_kl);
    if (!cost_of_first_other && report.cpo_case != CpoCase::kRecovery) {
      cost_of_first_other = report.mean_true_cost;
    }
  }
  REQUIRE(cost_of_first_other);
  CHECK(*cost_of_first_other < 3.2);  // the limit is 2.5
  CHECK(report.mean_true_cost < 3.0);
}

TEST_CASE("CPO's steps gain where the cost allows it, and never cost more than is left") {
  TrainingSettings settings = ToySettings({Algorithm::kCpo});
  settings.target_kl = 0.3;  // so far that the linearised constraint is not to be trusted
  const RunPtr run = MakeRun(settings, Quadratic());
  for (int i = 0; i < 60; ++i) {
    const IterationReport report = Iterate(*run);
    const double excess = (report.constrained_cost - settings.cost_limit) / report.mean_length;
    CAPTURE(i);
    CHECK(report.surrogate_cost_change <= std::max(-excess, 0.0) + 1e-12);
    if (excess < 0.0) CHECK(report.surrogate_gain >= 0.0);
  }
}

TEST_CASE("CPO knows a cost above the limit while no episode has ended") {
  TrainingSettings settings = ToySettings({Algorithm::kCpo});
  settings.action_repeat = 4;
  settings.steps_per_iteration = 10 * 40;
  const auto first_report = [&](double limit) {
    settings.cost_limit = limit;
    const IterationReport report = Iterate(*MakeRun(settings, Quadratic({.length = 1000})));
    CHECK(report.episodes == 0);
    return report;
  };
  const double cost_of_an_episode = 1000.0 * first_report(1.0).true_cost_rate;
  const auto case_at = [&](double limit) { return CpoCaseName(first_report(limit).cpo_case); };
  CHECK(case_at(0.6 * cost_of_an_episode) == "recovery");
  CHECK(case_at(1.5 * cost_of_an_episode) == "inside");
}

TEST_CASE("a trust region's step stays within it, and the report says what it brought") {
  for (const Algorithm algorithm : {Algorithm::kTrpo, Algorithm::kTrpoLagrangian}) {
    const TrainingSettings settings = SettingsOf({algorithm});
    const RunPtr run = MakeRun(settings, Wander());
    for (int i = 0; i < 3; ++i) {
      const IterationReport report = Iterate(*run);
      CHECK(report.line_search_steps >= 1);
      CHECK(report.kl <= settings.target_kl);
      CHECK(report.surrogate_gain >= 0.0);
      CHECK(report.line_search_failed == (report.kl == 0.0));
    }
  }
}

TEST_CASE("a line search that finds nothing leaves the policy to the bit") {
  TrainingSettings settings = SettingsOf({Algorithm::kTrpo});
  settings.target_kl = 100.0;  // so far that no linearisation holds
  settings.line_search_steps = 1;
  const RunPtr run = MakeRun(settings, Wander());
  const auto act = [&run] {
    RandomState random(1);
    Eigen::VectorXd action;
    const PolicyPtr policy = run->policy(true);
    policy->Act(Eigen::Vector3d(0.2, 0.5, 0.1), *policy->NewMemory(), random, action);
    return action;
  };
  const Eigen::VectorXd before = act();
  const IterationReport report = Iterate(*run);
  REQUIRE(report.line_search_failed);
  CHECK(act() == before);
  CHECK(report.kl == 0.0);
  CHECK(report.policy_epochs == 0);
}

TEST_CASE("every choice is parsed from the name it is printed with") {
  for (int i = 0; i < kAlgorithmCount; ++i) {
    const auto algorithm = static_cast<Algorithm>(i);
    CHECK(ParseChoice<Algorithm>(ChoiceName(algorithm), "algorithm").value() == algorithm);
    CHECK_FALSE(AlgorithmName(algorithm).empty());
  }
  for (int i = 0; i < kCostSourceCount; ++i) {
    const auto source = static_cast<CostSource>(i);
    CHECK(ParseChoice<CostSource>(ChoiceName(source), "cost source").value() == source);
    if (const auto kind = OnlyKind(source)) {
      CHECK(ChoiceName(source) == sim::CostKindName(*kind));
    }
  }
  CHECK(OnlyKind(CostSource::kHazards) == sim::CostKind::kHazards);
  const auto unknown = ParseChoice<Algorithm>("sac", "algorithm");
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.error().message ==
        "There is no algorithm 'sac'; use ppo, ppo-lag, trpo, trpo-lag or cpo.");
  CHECK(ParseChoice<MultiplierKind>("pid", "multiplier").value() == MultiplierKind::kPid);
}

}  // namespace
}  // namespace lookout::agents
