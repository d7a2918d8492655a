#include "agents/feedback/audit/exact_interval.h"

#include <doctest/doctest.h>

#include <cmath>

namespace lookout::agents {
namespace {

using doctest::Approx;

TEST_CASE("a rate has Garwood's interval, also where nothing happened") {
  const ExactInterval none = RateOf(0, 2.0);
  CHECK(none.value == 0.0);
  CHECK(none.low == 0.0);
  CHECK(none.high == Approx(3.6889 / 2.0).epsilon(1e-4));
  const ExactInterval ten = RateOf(10, 1.0);  // as tables of the Poisson distribution have it
  CHECK(ten.low == Approx(4.7954).epsilon(1e-4));
  CHECK(ten.high == Approx(18.3904).epsilon(1e-4));
  CHECK(std::isnan(RateOf(0, 0.0).value));
}

TEST_CASE("a share has Clopper and Pearson's interval, and none of 3,000 is below a thousandth") {
  const ExactInterval share = ShareOf(5, 20);
  CHECK(share.value == 0.25);
  CHECK(share.low == Approx(0.08657).epsilon(1e-4));
  CHECK(share.high == Approx(0.49105).epsilon(1e-4));
  CHECK(ShareOf(0, 10).low == 0.0);
  CHECK(ShareOf(10, 10).high == 1.0);
  CHECK(ShareOf(10, 10).low == Approx(std::pow(0.025, 0.1)));
  CHECK(std::isnan(ShareOf(0, 0).value));
  CHECK(MostShareOf(0, 3000, 0.95) == Approx(1.0 - std::pow(0.05, 1.0 / 3000.0)));
  CHECK(MostShareOf(0, 3000, 0.95) < 0.001);
}

TEST_CASE("the incomplete beta function is that of the binomial distribution") {
  CHECK(BetaProbability(2.0, 3.0, 0.5) == Approx(0.6875));  // at least 2 heads of 4
  CHECK(BetaProbability(1.0, 1.0, 0.3) == Approx(0.3));
  CHECK(BetaProbability(30.0, 70.0, 0.3) == Approx(1.0 - BetaProbability(70.0, 30.0, 0.7)));
  CHECK(BetaProbability(3.0, 4.0, 0.0) == 0.0);
  CHECK(BetaProbability(3.0, 4.0, 1.0) == 1.0);
}

}  // namespace
}  // namespace lookout::agents
