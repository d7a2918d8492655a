#include "agents/rl/runs/first_policy.h"

#include <doctest/doctest.h>

#include <cmath>

#include "agents/rl/runs/cost_parting.h"
#include "tests/agents/rl/run_support.h"

namespace lookout::agents {
namespace {

TrainingSettings LearnedSettings(bool normalises = false) {
  TrainingSettings settings = SmallSettings();
  settings.cost_source = CostSource::kLearned;
  settings.normalise_observations = normalises;
  return settings;
}

RunPtr LearnedRun(const TrainingSettings& settings) {
  RunPtr run = MakeRun(settings, Wander());
  REQUIRE(run->SetCostModel(std::make_shared<RightIsUnsafe>()).ok());
  return run;
}

// A policy of three inputs and one action, each weight of which is `weight`.
GaussianActor Linear(float weight, float log_std) {
  Mlp network({3, 1});
  network.mutable_parameters().setConstant(weight);
  return {.name = "linear",
          .origin = {},
          .mean = network,
          .log_std = Eigen::VectorXf::Constant(1, log_std),
          .normaliser = {}};
}

TEST_CASE("the divergence of two Gaussians is the textbook's") {
  const GaussianActor first = Linear(0.0F, 0.0F);
  const GaussianActor acting = Linear(0.5F, std::log(2.0F));
  Eigen::MatrixXf observations(3, 2);
  observations.col(0) << 1, 2, 0;   // mean 0.5 * 3 + 0.5
  observations.col(1) << 0, -1, 0;  // mean 0
  // ln(s0 / s1) + (s1^2 + m^2) / (2 s0^2) - 1/2, with s1 = 2 and s0 = 1.
  const auto textbook = [](double mean) { return std::log(0.5) + (4.0 + mean * mean) / 2.0 - 0.5; };
  CHECK(SumOfKl(first, acting, observations) == doctest::Approx(textbook(2.0) + textbook(0.0)));
  CHECK(SumOfKl(first, first, observations) == doctest::Approx(0.0));
}

TEST_CASE("each policy sees observations as it normalises them itself") {
  GaussianActor first = Linear(1.0F, 0.0F);
  GaussianActor acting = Linear(1.0F, 0.0F);
  Normaliser normaliser(3);
  Eigen::MatrixXf values(3, 2);
  values << 0, 2, 0, 2, 0, 2;  // mean 1, deviation 1
  normaliser.Update(values);
  acting.normaliser = normaliser;
  // Raw ones: 1 + 1 + 1 + 1; normalised: 0 + 0 + 0 + 1. Half the squared difference.
  CHECK(SumOfKl(first, acting, Eigen::MatrixXf::Ones(3, 1)) == doctest::Approx(4.5));
  CHECK_FALSE(CanBeFirst(
      {.name = {}, .origin = {}, .mean = {}, .log_std = {}, .normaliser = Normaliser(3)}));
  CHECK(CanBeFirst(acting));
  CHECK(CanBeFirst(first));
}

TEST_CASE("a run on a learned cost tells how far it has come, for any number of workers") {
  TrainingSettings settings = LearnedSettings();
  const RunPtr run = LearnedRun(settings);
  settings.workers = 3;
  const RunPtr other = LearnedRun(settings);
  double before = 0.0;
  for (int i = 0; i < 4; ++i) {
    const IterationReport report = Iterate(*run);
    CHECK(report.kl_from_first == Iterate(*other).kl_from_first);
    if (i == 0) CHECK(report.kl_from_first == doctest::Approx(0.0));
    if (i > 0) CHECK(report.kl_from_first > before);
    before = report.kl_from_first;
  }
}

TEST_CASE("one on the rule does not, and learns what it learned before") {
  const RunPtr run = MakeRun(SmallSettings(), Wander());
  CHECK(std::isnan(Iterate(*run).kl_from_first));
  CHECK(std::isnan(Iterate(*run).kl_from_first));
}

TEST_CASE("a run that goes on from its checkpoint still knows its first policy") {
  const RunPtr run = LearnedRun(LearnedSettings());
  for (int i = 0; i < 3; ++i) Iterate(*run);
  const RunPtr resumed = LearnedRun(LearnedSettings());
  REQUIRE(resumed->RestoreCheckpoint(run->EncodeCheckpoint()).ok());
  CHECK(resumed->EncodeCheckpoint() == run->EncodeCheckpoint());
  const double expected = Iterate(*run).kl_from_first;
  CHECK(Iterate(*resumed).kl_from_first == expected);
  CHECK(expected > 0.0);
}

TEST_CASE("where observations are normalised from scratch, the second iteration is the first") {
  const RunPtr run = LearnedRun(LearnedSettings(/*normalises=*/true));
  CHECK(std::isnan(Iterate(*run).kl_from_first));
  CHECK(Iterate(*run).kl_from_first == doctest::Approx(0.0));
  CHECK(Iterate(*run).kl_from_first > 0.0);
}

TEST_CASE("a history says where its costs part") {
  std::vector<IterationReport> history;
  for (int i = 1; i <= 20; ++i) {
    IterationReport report;
    report.iteration = i;
    report.episodes = 30;
    report.mean_learned_cost = 20.0;
    report.mean_true_cost = i <= 10 ? 20.0 : 30.0;
    report.true_cost_deviation = 5.0;
    history.push_back(report);
  }
  const auto parting = PartingOf(history);
  REQUIRE(parting);
  CHECK(parting->since == 11);
  CHECK(CostPointOf(history[0]).truth_error == doctest::Approx(5.0 / std::sqrt(30.0)));
  history[4].episodes = 1;
  CHECK(std::isnan(CostPointOf(history[4]).truth));
  history.resize(12);
  CHECK_FALSE(PartingOf(history));
}

}  // namespace
}  // namespace lookout::agents
