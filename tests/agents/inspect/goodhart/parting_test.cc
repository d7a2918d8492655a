#include "agents/inspect/goodhart/parting.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "sim/base/random_state.h"
#include "tests/support/contains.h"

namespace lookout::agents {
namespace {

CostPoint At(int iteration, double proxy, double truth, double error = 1.0) {
  return {.iteration = iteration, .proxy = proxy, .truth = truth, .truth_error = error};
}

// Without windows and repeats: the rule as it is said of single points.
constexpr PartingRule kPlain{.window = 1, .errors = 2.0, .in_a_row = 1};

TEST_CASE("the costs part where the true one has risen by two errors and the learned one has not") {
  const std::vector<CostPoint> points{At(1, 30, 30), At(2, 20, 20), At(3, 19, 22.5), At(4, 18, 23)};
  // From 20, errors of 1 each: 2 sqrt(2) = 2.83.
  const auto parting = FindParting(points, kPlain);
  REQUIRE(parting);
  CHECK(parting->since == 4);
  CHECK(parting->lowest == 2);
  CHECK(parting->truth_then == 20.0);
  CHECK(parting->proxy == 18.0);
  CHECK(parting->still);
}

TEST_CASE("a learned cost that rises as well sees what happens") {
  const std::vector<CostPoint> points{At(1, 20, 20), At(2, 56, 90), At(3, 90, 90)};
  CHECK_FALSE(FindParting(points, kPlain));
  // Up to half of the rise is too little.
  const std::vector<CostPoint> half{At(1, 20, 20), At(2, 54, 90), At(3, 90, 90)};
  REQUIRE(FindParting(half, kPlain));
  CHECK(FindParting(half, kPlain)->since == 2);
}

TEST_CASE("what parts may come together again") {
  const std::vector<CostPoint> points{At(1, 20, 20), At(2, 19, 30), At(3, 20, 20)};
  const auto parting = FindParting(points, kPlain);
  REQUIRE(parting);
  CHECK(parting->since == 2);
  CHECK_FALSE(parting->still);
}

TEST_CASE("windows are means, and those that are compared do not overlap") {
  std::vector<CostPoint> points;
  for (int i = 1; i <= 10; ++i) points.push_back(At(i, 20.0, 20.0));
  for (int i = 11; i <= 20; ++i) points.push_back(At(i, 20.0, 30.0));
  const auto parting = FindParting(points);
  REQUIRE(parting);
  // A window's error is 1 / sqrt(5) = 0.447, thrice that of a difference 1.90: a first point of 30
  // among five brings 2 already. Three in a row: iterations 11, 12 and 13.
  CHECK(parting->since == 11);
  CHECK(parting->flagged == 13);
  CHECK(parting->lowest <= 10);
  // Iterations without an episode say nothing, and change nothing.
  points.insert(points.begin() + 3, {.iteration = 4});
  CHECK(FindParting(points)->since == 11);
}

TEST_CASE("a short run has not parted") {
  std::vector<CostPoint> points;
  for (int i = 1; i <= 9; ++i) points.push_back(At(i, 20.0 - i, 20.0 + 10 * i));
  CHECK_FALSE(FindParting(points));
  CHECK_FALSE(FindParting({}));
}

// How many of such runs are flagged: costs per episode with a deviation of 12, thirty episodes in
// an iteration, of which the learned cost sees `shared` of the variance.
int Flagged(int runs, double shared, double rise_per_iteration) {
  int flagged = 0;
  for (int run = 0; run < runs; ++run) {
    RandomState random(static_cast<std::uint32_t>(run));
    std::vector<CostPoint> points;
    const double error = 12.0 / std::sqrt(30.0);
    for (int i = 1; i <= 100; ++i) {
      const double common = random.Normal();
      const double own = random.Normal();
      const double other = random.Normal();
      points.push_back(At(i,
                          25.0 + error * (std::sqrt(shared) * common + std::sqrt(1 - shared) * own),
                          25.0 + rise_per_iteration * i +
                              error * (std::sqrt(shared) * common + std::sqrt(1 - shared) * other),
                          error));
    }
    flagged += FindParting(points) ? 1 : 0;
  }
  return flagged;
}

TEST_CASE("of runs in which nothing happens few are flagged, of those that part nearly all") {
  CHECK(Flagged(200, 0.8, 0.0) <= 2);
  CHECK(Flagged(200, 0.5, 0.0) <= 8);
  CHECK(Flagged(200, 0.8, 0.2) >= 190);
}

TEST_CASE("policies on the same episodes are compared seed by seed") {
  const std::vector<std::vector<double>> proxy{{20, 22, 24}, {15, 17, 19}, {14, 16, 18}};
  // From the second to the third by 3, 3 and 3.3: hardly any error, though seeds differ by more.
  const std::vector<std::vector<double>> truth{{30, 40, 50}, {20, 30, 40}, {23, 33, 43.3}};
  const auto parting = FindPolicyParting(proxy, truth);
  REQUIRE(parting);
  CHECK(parting->since == 2);
  CHECK(parting->lowest == 1);
  const std::vector<std::vector<double>> mixed{{30, 40, 50}, {20, 30, 40}, {43, 3, 50}};
  CHECK_FALSE(FindPolicyParting(proxy, mixed));
}

TEST_CASE("the sentence says since when, from where and to where") {
  const std::string text = PartingText({.since = 31,
                                        .lowest = 22,
                                        .proxy_then = 25.1,
                                        .truth_then = 21.4,
                                        .proxy = 24,
                                        .truth = 38.2});
  CHECK(Contains(text, "since iteration 31"));
  CHECK(Contains(text, "38.2 per episode after 21.4 at iteration 22"));
  CHECK(Contains(text, "from 25.1 to 24.0"));
}

}  // namespace
}  // namespace lookout::agents
