#include "agents/inspect/explanations/explained_output.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <optional>
#include <span>

#include "agents/inspect/explanations/explained_number.h"
#include "agents/inspect/explanations/rank_correlation.h"
#include "tests/agents/inspect/explanations/explanation_support.h"

namespace lookout::agents {
namespace {

constexpr int kInputs = 12;

Eigen::MatrixXf SomeInputs(int count, int dim = kInputs) {
  RandomState random(5);
  Eigen::MatrixXf observations(dim, count);
  for (float& value : observations.reshaped()) value = static_cast<float>(random.Uniform(-1, 1));
  return observations;
}

Mlp RandomMlp(int inputs, std::uint32_t seed = 3) {
  RandomState random(seed);
  Mlp network({inputs, 16, 16, 3});
  network.InitialiseGlorot(random);
  return network;
}

Normaliser UsedNormaliser(int dim) {
  Normaliser normaliser(dim);
  normaliser.Update(3.0F * SomeInputs(50, dim).array() + 1.0F);
  return normaliser;
}

TEST_CASE("the backward pass gives the gradient that differences give, for each output") {
  const Eigen::MatrixXf observations = SomeInputs(4);
  for (const bool normalised : {false, true}) {
    const auto normaliser =
        normalised ? std::optional(UsedNormaliser(kInputs)) : std::optional<Normaliser>();
    for (int output = 0; output < 3; ++output) {
      const ExplainedOutput function(RandomMlp(kInputs), output, normaliser, {});
      CHECK(function.gradients() == GradientMethod::kBackward);
      const Eigen::MatrixXd gradient = function.Gradient(observations);
      const Eigen::MatrixXd differences = function.ExplainedFunction::Gradient(observations);
      CHECK(gradient.norm() > 0.1);
      CHECK((gradient - differences).cwiseAbs().maxCoeff() < 2e-3);
    }
  }
}

TEST_CASE("a value that the normaliser cuts off has no gradient, one that is not finite no value") {
  const ExplainedOutput function(RandomMlp(kInputs), 1, UsedNormaliser(kInputs), {});
  Eigen::MatrixXf observation = SomeInputs(1);
  observation(2, 0) = 1000.0F;
  const Eigen::MatrixXd gradient = function.Gradient(observation);
  CHECK(gradient(2, 0) == 0.0);
  CHECK(gradient(3, 0) != 0.0);
  observation(2, 0) = std::nanf("");
  CHECK(std::isnan(function.Values(observation)[0]));
}

TEST_CASE("a network with memory is asked as it would act after what it has seen") {
  RandomState random(4);
  GruNetwork network(kInputs, 8, 2);
  network.Initialise(random, 1.0);
  const Normaliser normaliser = UsedNormaliser(kInputs);
  const Eigen::MatrixXf observations = SomeInputs(6);
  const ExplainedOutput function(network, 1, normaliser,
                                 RememberedAfter(network, normaliser, observations.leftCols(5)));
  // The whole episode in one sequence.
  Eigen::MatrixXf inputs = observations;
  normaliser.Apply(inputs);
  constexpr std::array kOne{0};
  const Eigen::MatrixXf nothing = Eigen::MatrixXf::Zero(8, 1);
  SequenceWorkspace workspace(network, 6);
  const auto outputs = SequenceNetwork(network).Forward(
      {.inputs = inputs, .starts = kOne, .initial_states = nothing}, workspace);
  CHECK(function.Values(observations.rightCols(1))[0] ==
        doctest::Approx(outputs(1, 5)).epsilon(1e-5));
  // Another past, another answer; and gradients are there, by differences.
  const ExplainedOutput fresh(network, 1, normaliser, Eigen::VectorXf::Zero(8));
  CHECK(std::abs(fresh.Values(observations.rightCols(1))[0] - outputs(1, 5)) > 1e-4);
  CHECK(function.gradients() == GradientMethod::kDifferences);
  CHECK(function.Gradient(observations.rightCols(1)).norm() > 0.01);
}

TEST_CASE("shares sum to what is around, and forget a network whose weights are at random") {
  const auto world = test::PointGoalMoment();
  const int dim = world->spec().observation_dim;
  const auto explain = [&](std::uint32_t seed) {
    const auto found = ExplainNumber(ExplainedOutput(RandomMlp(dim, seed), 0, {}, {}), *world);
    REQUIRE(found.ok());
    return *found;
  };
  const ExplainedNumber number = explain(3);
  double shares = 0.0;
  for (const ObjectContribution& one : number.contributions.objects) {
    shares += one.shapley;
    CHECK(one.removal_probability == 0.0);
  }
  CHECK(shares == doctest::Approx(number.contributions.value - number.contributions.value_without));
  CHECK(std::abs(number.gradients.residual) < 0.02 * std::abs(number.gradients.difference()));
  CHECK(number.gradients.difference() == doctest::Approx(shares).epsilon(1e-3));
  double likeness = 0.0;
  constexpr int kOthers = 8;
  for (std::uint32_t seed = 10; seed < 10 + kOthers; ++seed) {
    const Eigen::VectorXd other = explain(seed).gradients.values;
    likeness += std::abs(
        RankCorrelation(std::span(number.gradients.values.data(), static_cast<std::size_t>(dim)),
                        std::span(other.data(), static_cast<std::size_t>(dim))));
  }
  CHECK(likeness / kOthers < 0.5);
}

}  // namespace
}  // namespace lookout::agents
