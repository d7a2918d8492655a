#include "app/experiments/selection/evolution.h"

#include <doctest/doctest.h>

#include <cmath>

namespace lookout::app {
namespace {

// The highest, 0, at (1, -2, 3, 1, -2, ...).
Eigen::VectorXd Peak(Eigen::Index dimensions) {
  Eigen::VectorXd peak(dimensions);
  for (Eigen::Index i = 0; i < dimensions; ++i)
    peak[i] = i % 3 == 0 ? 1.0 : i % 3 == 1 ? -2.0 : 3.0;
  return peak;
}

double DistanceAfter(int generations, const EvolutionSettings& settings, std::uint32_t seed) {
  const Eigen::VectorXd peak = Peak(6);
  Evolution evolution(Eigen::VectorXd::Zero(6), settings, seed);
  for (int i = 0; i < generations; ++i) {
    const Eigen::MatrixXd& candidates = evolution.Draw();
    Eigen::VectorXd scores = -(candidates.colwise() - peak).colwise().squaredNorm().transpose();
    evolution.Select(scores);
  }
  return (evolution.centre() - peak).norm();
}

TEST_CASE("an evolution climbs to the peak of a function that it only sees scores of") {
  const EvolutionSettings settings{.population = 16, .parents = 4, .step = 1.0, .step_decay = 0.93};
  CHECK(DistanceAfter(0, settings, 1) == doctest::Approx(Peak(6).norm()));
  for (const std::uint32_t seed : {1U, 2U, 3U}) {
    CHECK(DistanceAfter(20, settings, seed) < 0.3 * Peak(6).norm());
    CHECK(DistanceAfter(80, settings, seed) < 0.02 * Peak(6).norm());
  }
  CHECK(DistanceAfter(20, settings, 1) == DistanceAfter(20, settings, 1));
  CHECK(DistanceAfter(20, settings, 1) != DistanceAfter(20, settings, 2));
}

TEST_CASE("the centre moves to the mean of the best candidates, and the step shrinks") {
  Evolution evolution(Eigen::VectorXd::Constant(3, 5.0),
                      {.population = 5, .parents = 2, .step = 0.2, .step_decay = 0.5}, 7);
  CHECK(evolution.step() == doctest::Approx(0.2));
  const Eigen::MatrixXd candidates = evolution.Draw();
  REQUIRE(candidates.cols() == 5);
  CHECK((candidates.array() - 5.0).abs().maxCoeff() < 5 * 0.2);
  // What is not a number is the worst; of equal ones the first is the better.
  Eigen::VectorXd scores(5);
  scores << NAN, 3.0, 9.0, 3.0, -INFINITY;
  evolution.Select(scores);
  CHECK((evolution.centre() - (candidates.col(1) + candidates.col(2)) / 2.0).norm() < 1e-12);
  CHECK(evolution.step() == doctest::Approx(0.1));
}

}  // namespace
}  // namespace lookout::app
