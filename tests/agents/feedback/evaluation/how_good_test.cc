#include "agents/feedback/evaluation/how_good.h"

#include <doctest/doctest.h>

#include <limits>

namespace lookout::agents {
namespace {

TEST_CASE("figures are between as bad as can be and as good as can be") {
  CHECK(GoodAuc(1.0) == 1.0);
  CHECK(GoodAuc(0.75) == doctest::Approx(0.5));
  CHECK(GoodAuc(0.3) == 0.0);
  CHECK(GoodMissRate(0.2) == doctest::Approx(0.8));
  CHECK(GoodCostRatio(1.0) == 1.0);
  CHECK(GoodCostRatio(2.0) == doctest::Approx(GoodCostRatio(0.5)));
  CHECK(GoodCostRatio(4.0) == 0.0);
  CHECK(GoodCostRatio(0.0) == 0.0);
  CHECK(GoodReturn(30.0, 20.0) == 1.0);
  CHECK(GoodReturn(10.0, 20.0) == doctest::Approx(0.5));
  CHECK(GoodReturn(-5.0, 20.0) == 0.0);
  CHECK(GoodCost(50.0, 25.0) == doctest::Approx(0.5));
  CHECK(GoodCost(0.0, 25.0) == 1.0);
  CHECK(GoodCost(50.0, std::numeric_limits<double>::quiet_NaN()) == 0.5);
}

TEST_CASE("bad is vermilion, good is blue, and between them it is pale") {
  CHECK(ColourOfGood(0.0).red == 0xD5);
  CHECK(ColourOfGood(1.0).blue == 0xB2);
  CHECK(ColourOfGood(0.5).green == 0xF4);
}

}  // namespace
}  // namespace lookout::agents
