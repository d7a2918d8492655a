// The loop without a window, on a toy: watch, mark, fit, train on the learned cost, compare.
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "agents/feedback/annotators/simulated_annotator.h"
#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/targets/label_set.h"
#include "agents/policies/scripted/scripted_policies.h"
#include "agents/rl/runs/checkpoint.h"
#include "agents/rl/runs/training.h"
#include "agents/rollout/stepper.h"
#include "tests/support/toy_environments.h"

namespace lookout::agents {
namespace {

constexpr double kUnconstrainedCost = 20.0;  // every step, at a = 1
constexpr double kCostLimit = 4.0;

Result<std::unique_ptr<sim::Environment>> MakeEdge() { return test::MakeEdgeEnvironment(); }

struct Watched {
  std::vector<Eigen::VectorXf> observations;
  std::vector<float> costs;
};

Watched Watch(const Policy& policy, std::uint32_t seed) {
  const auto environment = test::MakeEdgeEnvironment();
  REQUIRE(environment->Reset(seed).ok());
  const auto memory = policy.NewMemory();
  RandomState random(seed);
  Watched watched;
  Stepper stepper(*environment);
  for (auto status = sim::EpisodeStatus::kRunning; !IsDone(status);) {
    const sim::StepResult step = stepper.Step(policy, *memory, random).result;
    watched.observations.push_back(environment->observation().cast<float>());
    watched.costs.push_back(static_cast<float>(step.costs.total));
    status = step.status;
  }
  return watched;
}

// What an annotator who is two steps late and misses one danger in ten teaches a cost model.
CostModelPtr FitToMarks(int episodes) {
  const PolicyPtr policy = MakeRandomPolicy(test::MakeEdgeEnvironment()->spec(), 3);
  const AnnotatorSettings settings{
      .reaction_lag_steps = 2, .miss_rate = 0.1, .safe_span_steps = 2, .safe_per_unsafe = 3.0};
  RandomState random(5);
  std::vector<Watched> watched;
  std::vector<Mark> marks;
  std::vector<std::pair<EpisodeId, StepIndex>> lengths;
  for (int i = 0; i < episodes; ++i) {
    watched.push_back(Watch(*policy, static_cast<std::uint32_t>(i)));
    const EpisodeId id{i};
    std::ranges::move(AnnotateEpisode(id, watched.back().costs, settings, random),
                      std::back_inserter(marks));
    lengths.emplace_back(id, static_cast<StepIndex>(watched.back().costs.size()));
  }
  const auto labels = DeriveLabels(RecordsOf(marks), {}, lengths, 2,
                                   [&](EpisodeId id, StepIndex step) -> std::span<const float> {
                                     const Eigen::VectorXf& seen =
                                         watched[static_cast<std::size_t>(id.value)]
                                             .observations[static_cast<std::size_t>(step)];
                                     return {seen.data(), 2};
                                   });
  REQUIRE(labels.ok());
  const auto model = FitCostModel(labels->labels, {.members = 3, .hidden = 16}, CostModelId{1});
  REQUIRE_MESSAGE(model.ok(), (model.ok() ? "" : model.error().message));
  return *model;
}

TrainingSettings Settings(Algorithm algorithm) {
  TrainingSettings settings;
  settings.algorithm = algorithm;
  settings.cost_source = algorithm == Algorithm::kPpo ? CostSource::kRule : CostSource::kLearned;
  settings.environments = 10;
  settings.steps_per_iteration = 1'000;
  settings.total_steps = 70'000;
  settings.workers = 1;
  settings.hidden = 16;
  settings.minibatch = 250;
  settings.policy_iterations = settings.value_iterations = 5;
  settings.policy_learning_rate = 3e-3;
  settings.target_kl = 0.02;
  settings.initial_log_std = -1.0;
  settings.gamma = settings.cost_gamma = 0.5;
  settings.cost_limit = kCostLimit;
  settings.multiplier_learning_rate = 0.02;
  settings.normalise_cost_advantages = settings.combine_advantages = true;
  settings.lambda_targets = true;
  settings.warm_up_iterations = 1;
  return settings;
}

// Means of the last `averaged` iterations.
IterationReport Train(TrainingRun& run, int iterations, int averaged) {
  IterationReport mean;
  for (int i = 0; i < iterations; ++i) {
    const auto report = run.RunIteration();
    REQUIRE_MESSAGE(report.ok(), (report.ok() ? "" : report.error().message));
    if (i < iterations - averaged) continue;
    mean.mean_return += report->mean_return / averaged;
    mean.mean_true_cost += report->mean_true_cost / averaged;
    mean.mean_learned_cost += report->mean_learned_cost / averaged;
  }
  return mean;
}

TEST_CASE(
    "an agent held to a cost learned from marks keeps the true limit and most of its return") {
  auto careless = TrainingRun::Create(Settings(Algorithm::kPpo), MakeEdge);
  REQUIRE(careless.ok());
  const IterationReport before = Train(**careless, 40, 10);
  CHECK(before.mean_true_cost > 0.8 * kUnconstrainedCost);

  auto constrained = TrainingRun::Create(Settings(Algorithm::kPpoLagrangian), MakeEdge);
  REQUIRE(constrained.ok());
  const auto policy = PolicyFileOf((*careless)->EncodeCheckpoint(), (*careless)->spec());
  REQUIRE(policy.ok());
  REQUIRE((*constrained)->StartFrom(*policy).ok());
  REQUIRE((*constrained)->SetCostModel(FitToMarks(40)).ok());
  const IterationReport after = Train(**constrained, 70, 30);
  CHECK(after.mean_true_cost < 1.5 * kCostLimit);
  CHECK(after.mean_learned_cost < 1.5 * kCostLimit);
  // The best that costs nothing is -5; doing nothing (a = 0) returns -20.
  CHECK(after.mean_return > -10.0);
}

// The first iteration's learned cost with the same model and the same steps.
double LearnedCost(const CostModelPtr& model, CostReading reading) {
  TrainingSettings settings = Settings(Algorithm::kPpoLagrangian);
  settings.cost_reading = reading;
  settings.cost_caution = 3.0;
  auto run = TrainingRun::Create(settings, MakeEdge);
  REQUIRE(run.ok());
  REQUIRE((*run)->SetCostModel(model).ok());
  const auto report = (*run)->RunIteration();
  REQUIRE(report.ok());
  return report->mean_learned_cost;
}

TEST_CASE("an agent is held to the cost model's mean, or to more where it has its doubts") {
  const CostModelPtr model = FitToMarks(20);
  const double mean = LearnedCost(model, CostReading::kMean);
  CHECK(LearnedCost(model, CostReading::kCautious) > mean);
  CHECK(LearnedCost(model, CostReading::kUnknownUnsafe) >= mean);
}

}  // namespace
}  // namespace lookout::agents
