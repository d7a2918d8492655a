// CPO's step against the problem it solves, by brute force.
#include "agents/rl/algorithms/cpo_step.h"

#include <doctest/doctest.h>

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

constexpr double kPi = 3.14159265358979323846;

// max g' x subject to c + b' x <= 0 and x' H x / 2 <= delta, in the plane.
struct Plane {
  Eigen::Matrix2d h = Eigen::Matrix2d::Identity();
  Eigen::Vector2d g, b;
  double c = 0.0;
  double delta = 0.01;

  CpoProblem Posed() const {
    const Eigen::Vector2d hg = h.inverse() * g;
    const Eigen::Vector2d hb = h.inverse() * b;
    return {.q = g.dot(hg),
            .r = g.dot(hb),
            .s = b.dot(hb),
            .c = c,
            .delta = delta,
            .has_cost_gradient = b.norm() > 1e-4};
  }
  Eigen::Vector2d Step(const CpoStep& step) const {
    return h.inverse() * (step.gain_weight * g - step.cost_weight * b);
  }
  // The point of the trust region's rim at that angle.
  Eigen::Vector2d Rim(double angle) const {
    const Eigen::Matrix2d root = h.llt().matrixU();
    const Eigen::Vector2d circle(std::cos(angle), std::sin(angle));
    return std::sqrt(2.0 * delta) * root.inverse() * circle;
  }
  // The best gain over feasible points; -inf if there is none. A linear objective is best on the
  // region's border: on the rim, or where the constraint's line crosses it.
  double BestGain() const {
    double best = -std::numeric_limits<double>::infinity();
    constexpr int kAngles = 200'000;
    for (int i = 0; i < kAngles; ++i) {
      const Eigen::Vector2d x = Rim(2.0 * kPi * i / kAngles);
      if (c + b.dot(x) <= 0.0) best = std::max(best, g.dot(x));
    }
    return best;
  }
  double LeastCost() const { return c - std::sqrt(2.0 * delta * b.dot(h.inverse() * b)); }
};

Plane RandomPlane(RandomState& random) {
  Plane plane;
  Eigen::Matrix2d half;
  for (double& value : half.reshaped()) value = random.Normal();
  plane.h = half * half.transpose() + 0.1 * Eigen::Matrix2d::Identity();
  plane.g = {random.Normal(), random.Normal()};
  plane.b = {random.Normal(), random.Normal()};
  plane.delta = random.Uniform(0.005, 0.5);
  const double reach = std::sqrt(2.0 * plane.delta * plane.b.dot(plane.h.inverse() * plane.b));
  plane.c = reach * random.Uniform(-1.6, 1.6);
  return plane;
}

TEST_CASE("in every case the step is feasible where it can be, and as good as brute force") {
  RandomState random(5);
  int seen[kCpoCaseCount] = {};
  for (int trial = 0; trial < 40; ++trial) {
    const Plane plane = RandomPlane(random);
    const CpoStep step = SolveCpoStep(plane.Posed());
    const Eigen::Vector2d x = plane.Step(step);
    ++seen[static_cast<int>(step.kind)];
    CAPTURE(trial);
    CAPTURE(CpoCaseName(step.kind));
    CHECK(0.5 * x.dot(plane.h * x) <= plane.delta * (1.0 + 1e-6));
    CHECK(step.nu >= 0.0);
    if (step.kind == CpoCase::kRecovery) {
      CHECK(plane.LeastCost() > 0.0);
      CHECK(plane.c + plane.b.dot(x) == doctest::Approx(plane.LeastCost()));
      continue;
    }
    CHECK(plane.LeastCost() <= 0.0);
    CHECK(plane.c + plane.b.dot(x) <= 1e-9 + 1e-6 * std::abs(plane.c));
    CHECK(plane.g.dot(x) == doctest::Approx(plane.BestGain()).epsilon(1e-3));
  }
  CHECK(seen[static_cast<int>(CpoCase::kRecovery)] > 3);
  CHECK(seen[static_cast<int>(CpoCase::kPartly)] > 3);
  CHECK(seen[static_cast<int>(CpoCase::kBoundary)] > 3);
  CHECK(seen[static_cast<int>(CpoCase::kInside)] > 3);
}

TEST_CASE("the cases are told apart by the signs of c and B") {
  // s = 1 and delta = 1/2, so that B = 1 - c^2.
  CpoProblem problem{.q = 1.0, .r = 0.3, .s = 1.0, .delta = 0.5};
  const auto kind = [&](double c) {
    problem.c = c;
    return SolveCpoStep(problem).kind;
  };
  CHECK(kind(1.1) == CpoCase::kRecovery);
  CHECK(kind(0.9) == CpoCase::kPartly);
  CHECK(kind(-0.9) == CpoCase::kBoundary);
  CHECK(kind(-1.1) == CpoCase::kInside);
  problem.has_cost_gradient = false;
  problem.s = problem.r = 0.0;
  CHECK(kind(-0.1) == CpoCase::kNoGradient);
  CHECK(CpoCaseNumber(CpoCase::kRecovery) == 0);
  CHECK(CpoCaseNumber(CpoCase::kNoGradient) == 4);
  CHECK(CpoCaseNumber(CpoCase::kNone) == -1);
}

TEST_CASE("without a constraint in reach the step is TRPO's") {
  const CpoStep inside = SolveCpoStep({.q = 4.0, .r = 0.5, .s = 1.0, .c = -10.0, .delta = 0.02});
  CHECK(inside.gain_weight == doctest::Approx(std::sqrt(2.0 * 0.02 / 4.0)));
  CHECK(inside.cost_weight == 0.0);
  const CpoStep free =
      SolveCpoStep({.q = 4.0, .c = -1.0, .delta = 0.02, .has_cost_gradient = false});
  CHECK(free.gain_weight == doctest::Approx(std::sqrt(2.0 * 0.02 / 4.0)));
}

TEST_CASE("an objective that points straight at the limit is followed up to it") {
  Plane plane;
  plane.g = plane.b = {1.0, 0.5};
  plane.delta = 0.5;
  SUBCASE("from below") { plane.c = -0.3; }
  SUBCASE("from above") { plane.c = 0.3; }
  SUBCASE("on the limit") { plane.c = 0.0; }
  const Eigen::Vector2d x = plane.Step(SolveCpoStep(plane.Posed()));
  CHECK(plane.b.dot(x) == doctest::Approx(-plane.c).epsilon(1e-4).scale(1e-3));
}

TEST_CASE("an objective that points away from the cost is followed to the rim") {
  Plane plane;
  plane.g = {1.0, 0.5};
  plane.b = -plane.g;
  plane.delta = 0.5;
  for (const double c : {-0.3, 0.0, 0.3}) {
    plane.c = c;
    const Eigen::Vector2d x = plane.Step(SolveCpoStep(plane.Posed()));
    CHECK(0.5 * x.squaredNorm() == doctest::Approx(plane.delta));
    CHECK(plane.g.dot(x) > 0.0);
  }
}

TEST_CASE("a cost that does not depend on the policy asks for no step") {
  const CpoStep step =
      SolveCpoStep({.q = 1.0, .c = 3.0, .delta = 0.01, .has_cost_gradient = false});
  CHECK(step.kind == CpoCase::kRecovery);
  CHECK(step.gain_weight == 0.0);
  CHECK(std::isfinite(step.cost_weight));
}

}  // namespace
}  // namespace lookout::agents
