#include "agents/inspect/explanations/explained_model.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/agents/inspect/explanations/explanation_support.h"
#include "tests/support/first_value_model.h"

namespace lookout::agents {
namespace {

const sim::ObservationSignature kSignature(
    {{"accelerometer", 3}, {"goal_lidar", 8}, {"hazards_lidar", 8}, {"velocimeter", 3}});

Eigen::MatrixXf SomeObservations(int dim, int count) {
  RandomState random(5);
  Eigen::MatrixXf observations(dim, count);
  for (float& value : observations.reshaped()) value = static_cast<float>(random.Uniform(0, 1));
  return observations;
}

TEST_CASE("log-odds are those of the probability that the model predicts") {
  const auto world = test::PointGoalMoment();
  const CostModelPtr shipped = test::ShippedModel();
  const Eigen::VectorXf observation = world->observation().cast<float>();
  const double log_odds = ExplainedModel(*shipped).Values(observation)[0];
  CHECK(ProbabilityOf(log_odds) ==
        doctest::Approx(shipped->PredictOne(observation).probability).epsilon(1e-5));
  CHECK(LogOddsOf(ProbabilityOf(1.7)) == doctest::Approx(1.7));
}

TEST_CASE("an observation that is not finite has no log-odds") {
  const CostModelPtr model = test::RandomModel(kSignature, true);
  Eigen::MatrixXf observations = SomeObservations(22, 2);
  observations(4, 1) = std::nanf("");
  const Eigen::VectorXd log_odds = ExplainedModel(*model).Values(observations);
  CHECK(std::isfinite(log_odds[0]));
  CHECK(std::isnan(log_odds[1]));
}

TEST_CASE("the backward pass gives the gradient that differences give") {
  const Eigen::MatrixXf observations = SomeObservations(22, 6);
  for (const bool nearest_things : {false, true}) {
    CAPTURE(nearest_things);
    const CostModelPtr cost_model = test::RandomModel(kSignature, nearest_things);
    const ExplainedModel model(*cost_model);
    CHECK(model.gradients() == GradientMethod::kBackward);
    const Eigen::MatrixXd gradient = model.Gradient(observations);
    Eigen::MatrixXd differences(22, 6);
    for (int k = 0; k < 22; ++k) {
      Eigen::MatrixXf moved = observations;
      moved.row(k).array() += 1e-3F;
      const Eigen::VectorXd above = model.Values(moved);
      moved.row(k) = observations.row(k).array() - 1e-3F;
      differences.row(k) = ((above - model.Values(moved)) / 2e-3).transpose();
    }
    CHECK(gradient.norm() > 0.1);
    CHECK((gradient - differences).cwiseAbs().maxCoeff() < 2e-3);
    if (nearest_things) CHECK(gradient.row(0).isZero(0.0));  // left out
  }
}

TEST_CASE("a value that the normaliser cuts off has no gradient") {
  const CostModelPtr cost_model = test::RandomModel(kSignature, false);
  Eigen::MatrixXf observation = SomeObservations(22, 1);
  observation(2, 0) = 1000.0F;
  const Eigen::MatrixXd gradient = ExplainedModel(*cost_model).Gradient(observation);
  CHECK(gradient(2, 0) == 0.0);
  CHECK(gradient(3, 0) != 0.0);
}

TEST_CASE("a model without known networks is asked by differences") {
  const lookout::test::FirstValueModel first(3, 0.0F);
  const ExplainedModel model(first);
  CHECK(model.gradients() == GradientMethod::kDifferences);
  const Eigen::MatrixXd gradient = model.Gradient(Eigen::Vector3f(0.3F, 0.1F, 0.2F));
  CHECK(gradient(0, 0) == doctest::Approx(1.0 / (0.3 * 0.7)).epsilon(1e-3));  // of the log-odds
  CHECK(gradient(1, 0) == 0.0);
}

}  // namespace
}  // namespace lookout::agents
