#include "agents/inspect/verification/tanh_lines.h"

#include <doctest/doctest.h>

#include <Eigen/Core>
#include <cmath>

#include "agents/inspect/verification/network_bounds.h"
#include "tests/agents/inspect/verification/verification_support.h"

namespace lookout::agents {
namespace {

TEST_CASE("tanh lies between its lines on every interval") {
  RandomState random(1);
  double gap = 0.0;
  const int intervals = test::RandomCases() / 5;
  for (int i = 0; i < intervals; ++i) {
    const double reach = std::pow(10.0, random.Uniform(-6.0, 1.3));
    const double low = random.Uniform(-reach, reach);
    const double high = random.Uniform(low, reach);
    const TanhLines lines = LinesOfTanh(low, high);
    for (int k = 0; k <= 40; ++k) {
      const double z = k == 40 ? high : low + (high - low) * k / 40.0;
      const double lower = lines.lower_slope * z + lines.lower_offset;
      const double upper = lines.upper_slope * z + lines.upper_offset;
      REQUIRE(lower <= std::tanh(z));
      REQUIRE(upper >= std::tanh(z));
      gap += (upper - lower) / (41.0 * intervals);
    }
  }
  CHECK(gap < 0.25);  // two constants would be 0.6 apart
}

TEST_CASE("lines touch tanh at the ends of an interval on one side of zero") {
  const TanhLines right = LinesOfTanh(0.5, 2.0);
  CHECK(right.lower_slope * 0.5 + right.lower_offset == doctest::Approx(std::tanh(0.5)));
  CHECK(right.lower_slope * 2.0 + right.lower_offset == doctest::Approx(std::tanh(2.0)));
  CHECK(right.upper_slope * 1.25 + right.upper_offset == doctest::Approx(std::tanh(1.25)));
  const TanhLines left = LinesOfTanh(-2.0, -0.5);
  CHECK(left.upper_slope == doctest::Approx(right.lower_slope));
  CHECK(left.lower_offset == doctest::Approx(-right.upper_offset));
}

TEST_CASE("the tanh of the networks is as near to the exact one as the margin takes it to be") {
  constexpr Eigen::Index kColumns = 64;
  Eigen::ArrayXf values(kColumns);
  double worst = 0.0;
  for (int i = 0; i < 40'000; ++i) {
    for (Eigen::Index k = 0; k < kColumns; ++k) {
      values[k] = static_cast<float>(-20.0 + 40.0 * (i * 64.0 + double(k)) / 2'560'000.0);
    }
    const Eigen::ArrayXf read = values.tanh();
    for (Eigen::Index k = 0; k < kColumns; ++k) {
      worst = std::max(worst, std::abs(double(read[k]) - std::tanh(double(values[k]))));
    }
  }
  CHECK(worst < 0.5 * EnsembleBounds::kTanhError);
}

}  // namespace
}  // namespace lookout::agents
