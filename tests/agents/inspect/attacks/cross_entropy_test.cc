#include "agents/inspect/attacks/cross_entropy.h"

#include <doctest/doctest.h>

#include <cmath>

namespace lookout::agents {
namespace {

// A narrow peak of height 0 at (0.83, 0.2, 0.6, ...), which few uniform points come near.
PointScorer Peak() {
  return [](const Eigen::MatrixXd& points, Eigen::VectorXd& scores) -> Status {
    for (Eigen::Index i = 0; i < points.cols(); ++i) {
      double squares = 0.0;
      for (Eigen::Index row = 0; row < points.rows(); ++row) {
        const double peak = std::fmod(0.83 + 0.37 * static_cast<double>(row), 1.0);
        squares += std::pow(points(row, i) - peak, 2);
      }
      scores[i] = -squares;
    }
    return {};
  };
}

constexpr CrossEntropySettings kSettings{
    .generations = 40, .population = 60, .smoothing = 0.8, .least_spread = 0.001};

}  // namespace

TEST_CASE("cross-entropy: finds a narrow peak that as many points at random come nowhere near") {
  const auto found = SearchByCrossEntropy(10, kSettings, 3, Peak());
  const auto drawn = SearchAtRandom(10, kSettings, 3, Peak());
  REQUIRE(found.ok());
  REQUIRE(drawn.ok());
  CHECK(found->score > -1e-3);
  CHECK(drawn->score < -0.05);
  CHECK(std::is_sorted(found->best_so_far.begin(), found->best_so_far.end()));
  CHECK(found->best_so_far.back() == found->score);
}

TEST_CASE("cross-entropy: the same seed gives the same point, another seed another") {
  const auto once = SearchByCrossEntropy(5, kSettings, 7, Peak());
  const auto again = SearchByCrossEntropy(5, kSettings, 7, Peak());
  const auto other = SearchByCrossEntropy(5, kSettings, 8, Peak());
  REQUIRE(once.ok());
  CHECK(once->best == again->best);
  CHECK(once->best != other->best);
}

TEST_CASE("cross-entropy: points that are not allowed lead nowhere, and none may be there at all") {
  // Only a corner is allowed.
  const PointScorer corner = [](const Eigen::MatrixXd& points, Eigen::VectorXd& scores) -> Status {
    for (Eigen::Index i = 0; i < points.cols(); ++i) {
      scores[i] = points.col(i).minCoeff() > 0.7 ? points.col(i).sum() : kNotAllowed;
    }
    return {};
  };
  const auto found = SearchByCrossEntropy(2, kSettings, 1, corner);
  REQUIRE(found.ok());
  CHECK(found->score > 1.95);
  const PointScorer nothing = [](const Eigen::MatrixXd&, Eigen::VectorXd& scores) -> Status {
    scores.setConstant(kNotAllowed);
    return {};
  };
  const auto none = SearchByCrossEntropy(2, kSettings, 1, nothing);
  REQUIRE(none.ok());
  CHECK(none->best.size() == 0);
}

TEST_CASE("cross-entropy: a scorer that fails ends the search with its error") {
  const PointScorer fails = [](const Eigen::MatrixXd&, Eigen::VectorXd&) -> Status {
    return BadInput("no world");
  };
  const auto found = SearchByCrossEntropy(2, kSettings, 1, fails);
  REQUIRE_FALSE(found.ok());
  CHECK(found.error().message == "no world");
}

}  // namespace lookout::agents
