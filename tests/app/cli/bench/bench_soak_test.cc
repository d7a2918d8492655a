#include "app/cli/bench/bench_soak.h"

#include <doctest/doctest.h>

#include <cmath>

namespace lookout::app {
namespace {

TEST_CASE("growth is the slope after the warm-up, in MB an hour") {
  const std::vector<MemorySample> samples{
      {0.0, 100.0}, {60.0, 500.0}, {120.0, 510.0}, {180.0, 520.0}, {240.0, 530.0}};
  CHECK(GrowthMbPerHour(samples, 60.0) == doctest::Approx(600.0));
  CHECK(GrowthMbPerHour(samples, 0.0) > 600.0);
  CHECK(GrowthMbPerHour({{0.0, 1.0}, {150.0, 1.0}}, 0.0) == 0.0);
  CHECK(std::isnan(GrowthMbPerHour(samples, 240.0)));
  CHECK(std::isnan(GrowthMbPerHour({}, 0.0)));
  CHECK(GrowthText(samples, 60.0) == "after the first 1.0 minutes +600.0 MB an hour");
}

TEST_CASE("a soak that is too short for a slope says so instead") {
  const std::vector<MemorySample> quick{{0.0, 100.0}, {3.0, 180.0}, {6.0, 190.0}};
  CHECK(std::isnan(GrowthMbPerHour(quick, 2.4)));
  CHECK(GrowthText(quick, 2.4) ==
        "too short to say whether it grows: that takes 2 minutes after the warm-up of 0.0");
}

}  // namespace
}  // namespace lookout::app
