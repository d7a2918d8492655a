#include "app/cli/bench/bench_soak.h"

#include <doctest/doctest.h>

#include <cmath>

namespace lookout::app {
namespace {

TEST_CASE("growth is the slope after the warm-up, in MB an hour") {
  const std::vector<MemorySample> samples{
      {0.0, 100.0}, {60.0, 500.0}, {120.0, 510.0}, {180.0, 520.0}, {240.0, 530.0}};
  REQUIRE(GrowthOf(samples, 60.0));
  CHECK(GrowthOf(samples, 60.0)->mb_per_hour == doctest::Approx(600.0));
  CHECK(GrowthOf(samples, 60.0)->scatter_mb == doctest::Approx(0.0));
  CHECK(GrowthOf(samples, 0.0)->mb_per_hour > 600.0);
  CHECK(GrowthOf({{0.0, 1.0}, {70.0, 1.0}, {150.0, 1.0}}, 0.0)->mb_per_hour == 0.0);
  CHECK_FALSE(GrowthOf(samples, 180.0));
  CHECK_FALSE(GrowthOf({}, 0.0));
  CHECK(GrowthText(samples, 60.0) ==
        "after the first 1.0 minutes +600.0 +- 0.0 MB an hour (scatter 0.0 MB)");
}

TEST_CASE("how sure the slope is follows from how the samples scatter round it") {
  // Round a level line, 1 MB up and down: the known standard error of a slope.
  std::vector<MemorySample> samples;
  double time_squares = 0.0;
  for (int i = 0; i < 40; ++i) {
    samples.push_back({60.0 * i, 300.0 + ((i / 2) % 2 == 0 ? 1.0 : -1.0)});
    time_squares += std::pow(60.0 * (i - 19.5), 2.0);
  }
  const auto growth = GrowthOf(samples, 0.0);
  REQUIRE(growth);
  CHECK(growth->scatter_mb == doctest::Approx(std::sqrt(40.0 / 38.0)).epsilon(0.02));
  CHECK(growth->uncertainty_mb_per_hour ==
        doctest::Approx(3600.0 * growth->scatter_mb / std::sqrt(time_squares)));
  CHECK(std::abs(growth->mb_per_hour) < 2.0 * growth->uncertainty_mb_per_hour);
}

TEST_CASE("a soak that is too short for a slope says so instead") {
  const std::vector<MemorySample> quick{{0.0, 100.0}, {3.0, 180.0}, {6.0, 190.0}};
  CHECK_FALSE(GrowthOf(quick, 2.4));
  CHECK(GrowthText(quick, 2.4) ==
        "too short to say whether it grows: that takes 2 minutes after the warm-up of 0.0");
}

}  // namespace
}  // namespace lookout::app
