#include "agents/rl/multipliers/lagrange_multiplier.h"

#include <doctest/doctest.h>

#include <cmath>

namespace lookout::agents {
namespace {

TEST_CASE("the multiplier starts where it is told to") {
  for (const double initial : {1e-3, 0.5, 1.0, 30.0, 1000.0}) {
    CHECK(LagrangeMultiplier(initial, 0.05).value() == doctest::Approx(initial).epsilon(1e-3));
  }
}

TEST_CASE("it rises above the limit, falls below it, and rests on it") {
  LagrangeMultiplier multiplier(1.0, 0.05);
  multiplier.Update(25.0, 25.0);
  CHECK(multiplier.value() == doctest::Approx(1.0));
  multiplier.Update(40.0, 25.0);
  const double raised = multiplier.value();
  CHECK(raised > 1.0);
  for (int i = 0; i < 20; ++i) multiplier.Update(10.0, 25.0);
  CHECK(multiplier.value() < raised);
}

TEST_CASE("the first step moves p = softplus^-1(1) by the learning rate") {
  LagrangeMultiplier multiplier(1.0, 0.05);
  multiplier.Update(26.0, 25.0);
  const double p = std::log(std::expm1(1.0)) + 0.05;
  CHECK(multiplier.value() == doctest::Approx(std::log1p(std::exp(p))).epsilon(1e-5));
}

TEST_CASE("it never becomes negative, however long the constraint is kept") {
  LagrangeMultiplier multiplier(0.1, 0.5);
  for (int i = 0; i < 2000; ++i) multiplier.Update(0.0, 25.0);
  CHECK(multiplier.value() >= 0.0);
  CHECK(multiplier.value() < 1e-6);
}

TEST_CASE("at its cap nothing sums up, so that it falls as soon as the constraint is kept") {
  LagrangeMultiplier held(1.0, 0.05, {.highest = 2.0, .anti_windup = true});
  LagrangeMultiplier wound(1.0, 0.05, {.highest = 2.0, .anti_windup = false});
  for (int i = 0; i < 500; ++i) {
    held.Update(60.0, 25.0);
    wound.Update(60.0, 25.0);
  }
  CHECK(held.value() == 2.0);
  CHECK(wound.value() == 2.0);
  for (int i = 0; i < 30; ++i) {
    held.Update(0.0, 25.0);
    wound.Update(0.0, 25.0);
  }
  CHECK(held.value() < 2.0);
  CHECK(wound.value() == 2.0);
}

TEST_CASE("against a cost that falls with it, it settles where the cost equals the limit") {
  LagrangeMultiplier multiplier(1.0, 0.02);
  const auto cost = [&] { return 100.0 / (1.0 + multiplier.value()); };
  for (int i = 0; i < 5000; ++i) multiplier.Update(cost(), 25.0);
  CHECK(multiplier.value() == doctest::Approx(3.0).epsilon(0.02));
}

}  // namespace
}  // namespace lookout::agents
