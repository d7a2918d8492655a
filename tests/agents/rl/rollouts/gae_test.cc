#include "agents/rl/rollouts/gae.h"

#include <doctest/doctest.h>

#include <array>
#include <vector>

namespace lookout::agents {
namespace {

struct Estimates {
  std::vector<float> advantages;
  std::vector<float> targets;
};

Estimates Compute(const std::vector<float>& signals, const std::vector<float>& values,
                  double value_after, double gamma, double lambda) {
  Estimates result{std::vector<float>(signals.size()), std::vector<float>(signals.size())};
  ComputeAdvantages(signals, values, value_after, gamma, lambda, result.advantages, result.targets);
  return result;
}

TEST_CASE("three steps by hand, cut off and bootstrapped") {
  // delta: 1 + .5*3 - 2 = .5;  0 + .5*4 - 3 = -1;  2 + .5*6 - 4 = 1.
  const Estimates e = Compute({1, 0, 2}, {2, 3, 4}, 6.0, 0.5, 0.8);
  CHECK(e.advantages[2] == doctest::Approx(1.0));
  CHECK(e.advantages[1] == doctest::Approx(-1.0 + 0.4 * 1.0));
  CHECK(e.advantages[0] == doctest::Approx(0.5 + 0.4 * -0.6));
  CHECK(e.targets[2] == doctest::Approx(2 + 0.5 * 6));
  CHECK(e.targets[1] == doctest::Approx(0 + 0.5 * 5));
  CHECK(e.targets[0] == doctest::Approx(1 + 0.5 * 2.5));
}

TEST_CASE("a terminal state is worth nothing") {
  const Estimates e = Compute({1}, {0.25F}, 0.0, 0.9, 0.9);
  CHECK(e.advantages[0] == doctest::Approx(0.75));
  CHECK(e.targets[0] == doctest::Approx(1.0));
}

TEST_CASE("lambda 1 gives the discounted return minus the value") {
  const std::vector<float> values{0.3F, -1.0F, 2.0F, 0.7F};
  const Estimates e = Compute({1, -2, 3, 0.5F}, values, 1.5, 0.9, 1.0);
  for (std::size_t t = 0; t < values.size(); ++t) {
    CHECK(e.advantages[t] == doctest::Approx(e.targets[t] - values[t]).epsilon(1e-5));
  }
}

TEST_CASE("lambda 0 gives the one-step error") {
  const Estimates e = Compute({1, 2}, {5, 7}, 11.0, 0.5, 0.0);
  CHECK(e.advantages[0] == doctest::Approx(1 + 0.5 * 7 - 5));
  CHECK(e.advantages[1] == doctest::Approx(2 + 0.5 * 11 - 7));
}

TEST_CASE("reward advantages are normalised, cost advantages only centred") {
  Eigen::VectorXf values(4);
  values << 10.0F, 12.0F, 14.0F, 16.0F;
  Eigen::VectorXf normalised = values;
  Normalise(normalised);
  CHECK(normalised.mean() == doctest::Approx(0.0));
  CHECK(normalised.squaredNorm() / 4 == doctest::Approx(1.0));
  Centre(values);
  CHECK(values == Eigen::Vector4f(-3.0F, -1.0F, 1.0F, 3.0F));
}

TEST_CASE("equal advantages become zero, not NaN") {
  Eigen::VectorXf values = Eigen::VectorXf::Constant(5, 3.0F);
  Normalise(values);
  CHECK(values.isZero());
}

}  // namespace
}  // namespace lookout::agents
