#include <doctest/doctest.h>

#include <cmath>

#include "agents/policies/learned/gaussian_actor.h"
#include "agents/policies/scripted/scripted_policies.h"
#include "agents/rollout/stepper.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {
namespace {

struct Tally {
  int goals = 0;
  double cost = 0.0;
  double reward = 0.0;
  bool operator==(const Tally&) const = default;
};

std::unique_ptr<sim::SafetyGym> PointGoal1() {
  return std::move(*sim::SafetyGym::Create(*sim::ConfigForId("Safexp-PointGoal1-v0")));
}

Tally PlayPolicy(sim::SafetyGym& environment, const Policy& policy, std::uint32_t seed) {
  REQUIRE(environment.Reset(seed).ok());
  const auto memory = policy.NewMemory();
  RandomState random(seed);
  Stepper stepper(environment);
  Tally tally;
  for (bool running = true; running;) {
    const sim::StepResult step = stepper.Step(policy, *memory, random).result;
    tally.goals += step.goal_met ? 1 : 0;
    tally.cost += step.costs.total;
    tally.reward += step.reward;
    running = !IsDone(step.status);
  }
  return tally;
}

TEST_CASE("the script reaches goals in every episode, and its careful variant costs less") {
  const auto environment = PointGoal1();
  const auto plain = MakeGoToGoalPolicy(environment->config(), environment->spec());
  const auto careful = MakeGoToGoalPolicy(environment->config(), environment->spec(), true);
  REQUIRE(plain.ok());
  REQUIRE(careful.ok());
  double plain_cost = 0.0;
  double careful_cost = 0.0;
  for (std::uint32_t seed = 0; seed < 5; ++seed) {
    CAPTURE(seed);
    const Tally fast = PlayPolicy(*environment, **plain, seed);
    const Tally slow = PlayPolicy(*environment, **careful, seed);
    CHECK(fast.goals >= 5);
    CHECK(fast.reward > 8.0);
    CHECK(slow.goals >= 3);
    plain_cost += fast.cost;
    careful_cost += slow.cost;
  }
  CHECK(careful_cost < 0.7 * plain_cost);
}

TEST_CASE("the same seed plays the same episode") {
  const auto environment = PointGoal1();
  for (const PolicyPtr& policy :
       {MakeRandomPolicy(environment->spec()),
        *MakeGoToGoalPolicy(environment->config(), environment->spec(), true)}) {
    CHECK(PlayPolicy(*environment, *policy, 3) == PlayPolicy(*environment, *policy, 3));
  }
}

TEST_CASE("the script refuses what it cannot steer") {
  sim::EnvironmentSpec spec{.id = "Blind", .observation_dim = 3, .action_dim = 2};
  sim::EnvironmentConfig config;
  config.id = spec.id;
  const auto refused = MakeGoToGoalPolicy(config, spec);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::kBadInput);
  CHECK(refused.error().message.find("Blind") != std::string::npos);
  CHECK(refused.error().message.find("observe_goal_lidar") != std::string::npos);
}

TEST_CASE(
    "random actions are new ones, stay in [-1, 1] and fill it, how long to hold them is said") {
  const sim::EnvironmentSpec spec{.observation_dim = 1, .action_dim = 2};
  const PolicyPtr policy = MakeRandomPolicy(spec, 4);
  const auto memory = policy->NewMemory();
  RandomState random(1);
  Eigen::VectorXd observation = Eigen::VectorXd::Zero(1);
  Eigen::VectorXd action;
  Eigen::VectorXd last = Eigen::VectorXd::Zero(2);
  CHECK(policy->action_repeat() == 4);
  double least = 1.0;
  double most = -1.0;
  for (int step = 0; step < 4000; ++step) {
    policy->Act(observation, *memory, random, action);
    REQUIRE(action != last);
    last = action;
    least = std::min(least, action.minCoeff());
    most = std::max(most, action.maxCoeff());
  }
  CHECK(least >= -1.0);
  CHECK(least < -0.99);
  CHECK(most <= 1.0);
  CHECK(most > 0.99);
}

GaussianActor Actor() {
  RandomState random(4);
  GaussianActor actor{.name = "PPO", .origin = {.environment_id = "Toy"}, .iteration = 12};
  Mlp mean({3, 8, 2});
  mean.InitialiseGlorot(random);
  actor.mean = mean;
  actor.log_std = Eigen::Vector2f(std::log(0.5F), std::log(0.1F));
  return actor;
}

TEST_CASE("the learned policy's actions have the mean and deviation it says") {
  const PolicyPtr sampling = MakeGaussianPolicy(Actor(), false);
  const PolicyPtr mean_only = MakeGaussianPolicy(Actor(), true);
  CHECK(sampling->name() == "PPO, iteration 12");
  CHECK(sampling->version() == 12);
  const auto memory = sampling->NewMemory();
  const Eigen::Vector3d observation(0.3, -0.2, 0.9);
  RandomState random(1);
  Eigen::VectorXd mean;
  mean_only->Act(observation, *mean_only->NewMemory(), random, mean);
  Eigen::VectorXd action;
  Eigen::Vector2d sum = Eigen::Vector2d::Zero();
  Eigen::Vector2d squares = Eigen::Vector2d::Zero();
  constexpr int kDraws = 20'000;
  for (int i = 0; i < kDraws; ++i) {
    sampling->Act(observation, *memory, random, action);
    sum += action - mean;
    squares += (action - mean).cwiseAbs2();
  }
  CHECK((sum / kDraws).norm() < 0.01);
  CHECK(std::sqrt(squares[0] / kDraws) == doctest::Approx(0.5).epsilon(0.02));
  CHECK(std::sqrt(squares[1] / kDraws) == doctest::Approx(0.1).epsilon(0.02));
}

TEST_CASE("observations are normalised before the network sees them") {
  GaussianActor actor = Actor();
  Normaliser normaliser(3);
  Eigen::MatrixXf seen(3, 2);
  seen << 9.0F, 11.0F, -2.0F, 2.0F, 0.0F, 4.0F;  // means 10, 0, 2; deviations 1, 2, 2
  normaliser.Update(seen);
  actor.normaliser = normaliser;
  const PolicyPtr normalising = MakeGaussianPolicy(actor, true);
  const PolicyPtr plain = MakeGaussianPolicy(Actor(), true);
  RandomState random(1);
  Eigen::VectorXd a;
  Eigen::VectorXd b;
  normalising->Act(Eigen::Vector3d(12.0, 1.0, 0.0), *normalising->NewMemory(), random, a);
  plain->Act(Eigen::Vector3d(2.0, 0.5, -1.0), *plain->NewMemory(), random, b);
  CHECK((a - b).norm() < 1e-6);
}

TEST_CASE("a policy with memory remembers an episode, and no other") {
  GaussianActor actor = Actor();
  GruNetwork mean(3, 4, 2);
  RandomState random(5);
  mean.Initialise(random, 1.0);
  actor.mean = mean;
  const PolicyPtr policy = MakeGaussianPolicy(actor, true);
  const Eigen::Vector3d cue(1.0, -1.0, 0.5);
  const Eigen::Vector3d later(0.0, 0.0, 0.1);
  const auto second_action = [&](const Eigen::Vector3d& first) {
    const auto memory = policy->NewMemory();
    Eigen::VectorXd action;
    policy->Act(first, *memory, random, action);
    policy->Act(later, *memory, random, action);
    return action;
  };
  CHECK(second_action(cue) != second_action(-cue));
  CHECK(second_action(cue) == second_action(cue));
}

TEST_CASE("log probabilities and entropy by hand") {
  const Eigen::Vector2f mean(0.0F, 1.0F);
  const Eigen::VectorXf log_std = Eigen::Vector2f(0.0F, std::log(2.0F));
  const Eigen::Vector2f action(1.0F, 3.0F);
  const double log_two_pi = std::log(2.0 * 3.14159265358979);
  CHECK(GaussianLogProbability(action, mean, log_std) ==
        doctest::Approx(-0.5 - 0.5 - std::log(2.0) - log_two_pi));
  CHECK(GaussianEntropy(log_std) == doctest::Approx(1.0 + log_two_pi + std::log(2.0)));
}

}  // namespace
}  // namespace lookout::agents
