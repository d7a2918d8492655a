#include "agents/feedback/agreement/verdict_counts.h"

#include <doctest/doctest.h>

#include <cmath>

namespace lookout::agents {
namespace {

using doctest::Approx;

// 50 steps: p_o = 35/50 = .7; by chance 25/50 * 30/50 + 25/50 * 20/50 = .5.
constexpr VerdictCounts kWorked{.both = 20, .only_first = 5, .only_second = 10, .neither = 15};

TEST_CASE("kappa is what is left of the agreement beyond chance") {
  CHECK(Kappa(kWorked) == Approx(0.4));
  CHECK(Kappa({.both = 3, .neither = 97}) == Approx(1.0));
  CHECK(Kappa({.only_first = 50, .only_second = 50}) == Approx(-1.0));
  // Nine in ten steps alike, and yet nothing beyond what two who seldom say "unsafe" would have.
  CHECK(Kappa({.both = 1, .only_first = 9, .only_second = 9, .neither = 81}) == Approx(0.0));
}

TEST_CASE("where everything is alike by chance, or nothing is compared, there is no kappa") {
  CHECK(std::isnan(Kappa({.neither = 100})));
  CHECK(std::isnan(Kappa({})));
}

TEST_CASE("positive and negative agreement tell a rare class from the common one") {
  CHECK(PositiveAgreement(kWorked) == Approx(40.0 / 55.0));
  CHECK(NegativeAgreement(kWorked) == Approx(30.0 / 45.0));
  constexpr VerdictCounts kRare{.both = 1, .only_first = 1, .only_second = 1, .neither = 997};
  CHECK(PositiveAgreement(kRare) == Approx(0.5));
  CHECK(NegativeAgreement(kRare) == Approx(0.999).epsilon(0.001));
  CHECK(std::isnan(PositiveAgreement({.neither = 5})));
}

TEST_CASE("d' and the criterion come from hits and false alarms, corrected") {
  // H = 20.5/31, F = 5.5/21.
  CHECK(DPrime(kWorked) == Approx(1.0533).epsilon(0.001));
  CHECK(Criterion(kWorked) == Approx(0.1106).epsilon(0.001));
  // Without the correction a perfect observer's would be infinite.
  CHECK(std::isfinite(DPrime({.both = 10, .neither = 10})));
  CHECK(Criterion({.both = 10, .neither = 10}) == Approx(0.0));
  CHECK(std::isnan(DPrime({.only_first = 3, .neither = 7})));
}

TEST_CASE("the normal quantile is that of the tables") {
  CHECK(NormalQuantile(0.5) == Approx(0.0));
  CHECK(NormalQuantile(0.975) == Approx(1.959963984540054).epsilon(1e-13));
  CHECK(NormalQuantile(1e-6) == Approx(-4.753424308822899).epsilon(1e-12));
  CHECK(NormalQuantile(0.01) == Approx(-2.326347874040841).epsilon(1e-13));
}

TEST_CASE("counts add up with weights") {
  VerdictCounts sum = kWorked;
  sum.AddTimes(kWorked, 2);
  CHECK(sum == VerdictCounts{60, 15, 30, 45});
  CHECK(sum.steps() == 150);
}

}  // namespace
}  // namespace lookout::agents
