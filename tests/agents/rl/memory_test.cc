// Agents with memory are trained as all others are; what they can is in recall_test.cc.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/agents/learning/random_matrix.h"
#include "tests/agents/rl/memory_agent.h"
#include "tests/agents/rl/run_support.h"
#include "tests/support/thread_group.h"

namespace lookout::agents {
namespace {

// As the settings say for those kinds, small enough for tests.
TrainingSettings WithMemory(TrainingSettings settings, NetworkKind kind) {
  settings.network = kind;
  settings.network_layers = 2;
  settings.attention_heads = 2;
  settings.memory_length = 6;
  return settings;
}

// The present test once for each of them.
NetworkKind EachKindWithMemory() {
  NetworkKind kind = NetworkKind::kGru;
  SUBCASE("GRU") {}
  SUBCASE("stacked frames") { kind = NetworkKind::kStacked; }
  SUBCASE("TrXL") { kind = NetworkKind::kTrxl; }
  SUBCASE("GTrXL") { kind = NetworkKind::kGtrxl; }
  return kind;
}

TEST_CASE("with memory, too, a collection is learned from as it was acted in") {
  // Without a step of the policy, what it would do must be what it did: in every sequence, also of
  // an episode that began in an earlier collection.
  TrainingSettings settings = WithMemory(SmallSettings(), EachKindWithMemory());
  settings.policy_iterations = 0;
  Agent agent(settings, Wander());
  for (int i = 0; i < 4; ++i) CHECK(std::abs(agent.Iterate().kl) < 1e-6);
}

TEST_CASE("the number of workers never changes a bit of what an agent with memory learns") {
  TrainingSettings settings = WithMemory(SmallSettings(), NetworkKind::kGtrxl);
  settings.steps_per_iteration = 7 * 100;
  SUBCASE("a GRU") { settings.network = NetworkKind::kGru; }
  SUBCASE("PPO-Lagrangian") {}
  SUBCASE("PPO-Lagrangian in minibatches") { settings.minibatch = 300; }
  SUBCASE("TRPO") { settings.algorithm = Algorithm::kTrpo; }
  std::string first;
  for (const int workers : {1, 2, 3}) {
    settings.workers = workers;
    Agent agent(settings, Wander());
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
  Agent agent(settings, Wander(), processes);
  for (int i = 0; i < 3; ++i) agent.Iterate();
  return {agent.collected().policy_states, agent.Encode()};
}

TEST_CASE("nor does the number of processes, in what it remembers and in what it learns") {
  TrainingSettings settings = WithMemory(SmallSettings(), NetworkKind::kGtrxl);
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
  TrainingSettings settings = WithMemory(SmallSettings(), EachKindWithMemory());
  settings.algorithm = Algorithm::kTrpo;
  Agent agent(settings, Wander());
  for (int i = 0; i < 3; ++i) {
    const IterationReport report = agent.Iterate();
    CHECK_FALSE(report.line_search_failed);
    CHECK(report.surrogate_gain > 0.0);
    CHECK(report.kl <= settings.target_kl);
    CHECK(report.kl > 0.2 * settings.target_kl);  // the tangents predict it
  }
}

TEST_CASE("an agent with memory goes on as if it had not been stopped") {
  const TrainingSettings settings = WithMemory(SmallSettings(), EachKindWithMemory());
  Agent agent(settings, Wander());
  for (int i = 0; i < 2; ++i) agent.Iterate();
  Agent resumed(settings, Wander());
  REQUIRE(resumed.Decode(agent.Encode()).ok());
  agent.Iterate();
  resumed.Iterate();
  CHECK(resumed.Encode() == agent.Encode());

  Agent other(SmallSettings(), Wander());
  const Status refused = other.Decode(agent.Encode());
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("its policy network has layers of ") != std::string::npos);
  CHECK(refused.error().message.find("check --network, --hidden") != std::string::npos);
}

TEST_CASE("nothing of an episode is left in the next") {
  const TrainingSettings settings = WithMemory(SmallSettings(), EachKindWithMemory());
  const auto environment = test::MakeWanderEnvironment();
  const LearnerState fresh = FreshState(settings, environment->spec());
  const PolicyPtr policy = MakeGaussianPolicy(
      {.name = "test", .mean = fresh.policy.network, .log_std = fresh.policy.log_std}, true);
  RandomState random(2);
  Eigen::VectorXd action(environment->spec().action_dim);
  const Eigen::MatrixXd past = RandomMatrix(3, 9, random).cast<double>();
  const Eigen::MatrixXd after = RandomMatrix(3, 9, random).cast<double>();
  // The actions of a player that is reset between the two.
  const auto actions_after = [&](const Eigen::MatrixXd& before, bool resets) {
    auto memory = policy->NewMemory();
    for (const auto& step : before.colwise()) policy->Act(step, *memory, random, action);
    if (resets) memory = policy->NewMemory();
    Eigen::MatrixXd actions(action.size(), after.cols());
    for (Eigen::Index i = 0; i < after.cols(); ++i) {
      policy->Act(after.col(i), *memory, random, action);
      actions.col(i) = action;
    }
    return actions;
  };
  const Eigen::MatrixXd reversed = past.rowwise().reverse();
  CHECK(actions_after(past, true) == actions_after(reversed, true));
  CHECK(actions_after(past, false) != actions_after(reversed, false));
}

}  // namespace
}  // namespace lookout::agents
