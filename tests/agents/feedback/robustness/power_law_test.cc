#include "agents/feedback/robustness/power_law.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace lookout::agents {
namespace {

std::vector<ErrorAtSize> Made(double a, double b, double c, double deviation) {
  std::vector<ErrorAtSize> sizes;
  for (double n = 50.0; n <= 1600.0; n *= 2.0) {
    sizes.push_back({n, a * std::pow(n, -b) + c, deviation});
  }
  return sizes;
}

TEST_CASE("a power law with a floor is found again in what it made") {
  for (const double deviation : {0.0, 0.01}) {
    const auto law = FitPowerLaw(Made(2.0, 0.7, 0.05, deviation));
    REQUIRE(law.has_value());
    CHECK(law->a == doctest::Approx(2.0).epsilon(0.02));
    CHECK(law->b == doctest::Approx(0.7).epsilon(0.01));
    CHECK(law->c == doctest::Approx(0.05).epsilon(0.02));
  }
  const auto without = FitPowerLaw(Made(1.0, 0.5, 0.0, 0.0));
  REQUIRE(without.has_value());
  CHECK(without->c == 0.0);
  CHECK(without->b == doctest::Approx(0.5));
  CHECK(without->factor_to_halve() == doctest::Approx(4.0));
}

TEST_CASE("it says nothing beyond four times the data, nor of what is no law") {
  const auto law = FitPowerLaw(Made(1.0, 0.5, 0.0, 0.0));
  REQUIRE(law.has_value());
  REQUIRE(law->At(6400.0).has_value());
  CHECK(*law->At(6400.0) == doctest::Approx(1.0 / 80.0));
  CHECK_FALSE(law->At(6500.0).has_value());
  CHECK_FALSE(FitPowerLaw(std::vector<ErrorAtSize>{{1.0, 1.0}, {2.0, 0.5}}).has_value());
  CHECK_FALSE(
      FitPowerLaw(std::vector<ErrorAtSize>{{1.0, 1.0}, {2.0, 0.0}, {4.0, 0.5}}).has_value());
}

}  // namespace
}  // namespace lookout::agents
