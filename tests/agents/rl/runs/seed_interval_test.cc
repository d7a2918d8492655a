#include "agents/rl/runs/seed_interval.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace lookout::agents {
namespace {

TEST_CASE("the interval over seeds is Student's t times the standard error") {
  const SeedInterval three = IntervalOverSeeds(std::vector{1.0, 2.0, 3.0});
  CHECK(three.mean == doctest::Approx(2.0));
  CHECK(three.high - three.mean == doctest::Approx(1.3213 / std::sqrt(3.0)));
  CHECK(three.mean - three.low == doctest::Approx(1.3213 / std::sqrt(3.0)));
}

TEST_CASE("one seed has no interval, and none has nothing") {
  const SeedInterval one = IntervalOverSeeds(std::vector{4.0});
  CHECK(one.mean == 4.0);
  CHECK(std::isnan(one.low));
  CHECK(std::isnan(IntervalOverSeeds({}).mean));
}

}  // namespace
}  // namespace lookout::agents
