#include "agents/feedback/queries/disagreement.h"

#include <doctest/doctest.h>

#include <cmath>

namespace lookout::agents {
namespace {

double Entropy(double p) { return -p * std::log2(p) - (1.0 - p) * std::log2(1.0 - p); }

TEST_CASE("Members that agree leave nothing to be told, whatever they say") {
  CHECK(Disagreement(0.5, 0.0) == 0.0);
  CHECK(Disagreement(0.0, 0.0) == 0.0);
  CHECK(Disagreement(1.0, 0.3) == 0.0);
}

TEST_CASE("Members that are sure of opposite things leave a whole answer to be told") {
  CHECK(Disagreement(0.5, 0.5) == doctest::Approx(1.0));
  CHECK(Disagreement(0.2, 0.4) == doctest::Approx(Entropy(0.2)));
  CHECK(Disagreement(0.2, 0.9) == doctest::Approx(Entropy(0.2)));  // more than there can be
}

TEST_CASE("It is BALD's difference of entropies over the Beta distribution") {
  // Beta(2, 2): mean 1/2, variance 1/20, mean entropy by numerical integration.
  constexpr int kParts = 100'000;
  double of_members = 0.0;
  for (int i = 0; i < kParts; ++i) {
    const double p = (i + 0.5) / kParts;
    of_members += 6.0 * p * (1.0 - p) * Entropy(p) / kParts;
  }
  CHECK(Disagreement(0.5, std::sqrt(0.05)) == doctest::Approx(1.0 - of_members).epsilon(1e-6));
}

TEST_CASE("The same spread tells more where the members say nearly safe than where they waver") {
  CHECK(Disagreement(0.1, 0.1) > 2.0 * Disagreement(0.5, 0.1));
  CHECK(Disagreement(0.5, 0.2) > Disagreement(0.5, 0.1));
}

TEST_CASE("Nearness is 1 at the threshold and falls to 0 at the far end") {
  CHECK(Nearness(0.5, 0.5) == doctest::Approx(1.0));
  CHECK(Nearness(0.0, 0.5) == doctest::Approx(0.0));
  CHECK(Nearness(1.0, 0.2) == doctest::Approx(0.0));
  CHECK(Nearness(0.3, 0.2) > Nearness(0.4, 0.2));
}

}  // namespace
}  // namespace lookout::agents
