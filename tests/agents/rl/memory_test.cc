// Agents with memory: what they can that others cannot, and that nothing else changes with it.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "agents/rollout/stepper.h"
#include "tests/agents/rl/memory_agent.h"
#include "tests/agents/rl/run_support.h"
#include "tests/support/thread_group.h"

namespace lookout::agents {
namespace {

EnvironmentMaker Recall() {
  return
      []() -> Result<std::unique_ptr<sim::Environment>> { return test::MakeRecallEnvironment(); };
}

// The mean return of an even number of episodes, as a policy plays them that is being watched.
double MeanReturn(const PolicyPtr& policy) {
  const auto environment = test::MakeRecallEnvironment();
  RandomState random(1);
  double sum = 0.0;
  constexpr int kEpisodes = 20;
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

double ReturnAfterTraining(NetworkKind kind) {
  TrainingSettings settings;
  settings.algorithm = Algorithm::kPpo;
  settings.environments = 10;
  settings.steps_per_iteration = 10 * 80;
  settings.total_steps = 1'000'000;
  settings.workers = 1;
  settings.hidden = 16;
  settings.minibatch = 200;
  settings.policy_iterations = 10;
  settings.value_iterations = 10;
  settings.policy_learning_rate = 3e-3;
  settings.value_learning_rate = 3e-3;
  settings.target_kl = 0.05;
  Agent agent(settings, Recall(), kind);
  for (int i = 0; i < 60; ++i) agent.Iterate();
  return MeanReturn(MakeGaussianPolicy(agent.actor(), /*deterministic=*/true));
}

TEST_CASE("PPO with memory recalls what it was shown first, without, it cannot") {
  CHECK(ReturnAfterTraining(NetworkKind::kRecurrent) > -0.1);
  // Whatever it has learned, no policy without memory does better than -1.
  CHECK(ReturnAfterTraining(NetworkKind::kPerceptron) < -1.0 + 1e-9);
}

TEST_CASE("with memory, too, a collection is learned from as it was acted in") {
  // Without a step of the policy, what it would do must be what it did: in every sequence, also of
  // an episode that began in an earlier collection.
  TrainingSettings settings = SmallSettings();
  settings.policy_iterations = 0;
  Agent agent(settings, Wander(), NetworkKind::kRecurrent);
  for (int i = 0; i < 4; ++i) CHECK(std::abs(agent.Iterate().kl) < 1e-6);
}

TEST_CASE("the number of workers never changes a bit of what an agent with memory learns") {
  TrainingSettings settings = SmallSettings();
  settings.steps_per_iteration = 7 * 100;
  SUBCASE("PPO-Lagrangian") {}
  SUBCASE("PPO-Lagrangian in minibatches") { settings.minibatch = 300; }
  SUBCASE("TRPO") { settings.algorithm = Algorithm::kTrpo; }
  std::string first;
  for (const int workers : {1, 2, 3}) {
    settings.workers = workers;
    Agent agent(settings, Wander(), NetworkKind::kRecurrent);
    for (int i = 0; i < 3; ++i) agent.Iterate();
    if (workers == 1) first = agent.Encode();
    CHECK(agent.Encode() == first);
  }
}

// What a process has after learning: what the policy remembered at each step, and everything.
struct Learned {
  Eigen::MatrixXf states;
  std::string all;
};

Learned LearnTogether(const TrainingSettings& settings, ProcessGroup& processes) {
  Agent agent(settings, Wander(), NetworkKind::kRecurrent, processes);
  for (int i = 0; i < 3; ++i) agent.Iterate();
  return {agent.collected().policy_states, agent.Encode()};
}

TEST_CASE("nor does the number of processes, in what it remembers and in what it learns") {
  TrainingSettings settings = SmallSettings();
  settings.environments = 12;
  settings.steps_per_iteration = 12 * 150;  // episodes go on from one collection to the next
  settings.hidden = 8;
  settings.normalise_observations = true;
  SUBCASE("PPO-Lagrangian") {}
  SUBCASE("PPO-Lagrangian in minibatches") { settings.minibatch = 512; }
  SUBCASE("PPO-Lagrangian with actions held") { settings.action_repeat = 2; }
  SUBCASE("TRPO") { settings.algorithm = Algorithm::kTrpo; }
  SUBCASE("CPO") { settings.algorithm = Algorithm::kCpo; }
  const Learned alone = LearnTogether(settings, SingleProcess());
  REQUIRE(alone.states.cwiseAbs().maxCoeff() > 0.0F);
  for (const int count : {2, 4}) {
    CAPTURE(count);
    std::vector<Learned> together(count);
    test::ForEachMember(count, [&](int rank, ProcessGroup& group) {
      together[rank] = LearnTogether(settings, group);
    });
    for (const Learned& learned : together) {
      CHECK(learned.states == alone.states);
      CHECK(learned.all == alone.all);
    }
  }
}

TEST_CASE("a trust region step of a policy with memory gains, within its bounds") {
  TrainingSettings settings = SmallSettings();
  settings.algorithm = Algorithm::kTrpo;
  Agent agent(settings, Wander(), NetworkKind::kRecurrent);
  for (int i = 0; i < 3; ++i) {
    const IterationReport report = agent.Iterate();
    CHECK_FALSE(report.line_search_failed);
    CHECK(report.surrogate_gain > 0.0);
    CHECK(report.kl <= settings.target_kl);
    CHECK(report.kl > 0.2 * settings.target_kl);  // the tangents predict it
  }
}

TEST_CASE("an agent with memory goes on as if it had not been stopped") {
  const TrainingSettings settings = SmallSettings();
  Agent agent(settings, Wander(), NetworkKind::kRecurrent);
  for (int i = 0; i < 2; ++i) agent.Iterate();
  Agent resumed(settings, Wander(), NetworkKind::kRecurrent);
  REQUIRE(resumed.Decode(agent.Encode()).ok());
  agent.Iterate();
  resumed.Iterate();
  CHECK(resumed.Encode() == agent.Encode());

  Agent other(settings, Wander(), NetworkKind::kPerceptron);
  const Status refused = other.Decode(agent.Encode());
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("layers of 3-GRU 16-2 neurons") != std::string::npos);
  CHECK(refused.error().message.find("one of them has memory") != std::string::npos);
}

}  // namespace
}  // namespace lookout::agents
