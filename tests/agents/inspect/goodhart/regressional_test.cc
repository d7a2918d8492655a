#include "agents/inspect/goodhart/regressional.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "sim/base/random_state.h"
#include "tests/agents/inspect/goodhart/visit_support.h"

namespace lookout::agents {
namespace {

TEST_CASE("the line of a few points is the one by hand") {
  LineSums sums;
  for (const auto& [x, y] : {std::pair{0.0, 1.0}, {1.0, 2.0}, {2.0, 6.0}}) sums.Add(x, y);
  // Means 1 and 3; xx 2, xy 5, yy 14: slope 5/2, intercept 1/2, residual squares 14 - 12.5.
  const FittedLine line = LineOf(sums);
  CHECK(line.slope == doctest::Approx(2.5));
  CHECK(line.intercept == doctest::Approx(0.5));
  CHECK(line.residual_deviation == doctest::Approx(std::sqrt(1.5 / 3.0)));
  CHECK(line.correlation == doctest::Approx(5.0 / std::sqrt(28.0)));
}

TEST_CASE("there is no line through what does not vary") {
  LineSums sums;
  sums.Add(0.3, 1.0);
  sums.Add(0.3, 2.0);
  CHECK(std::isnan(LineOf(sums).slope));
  CHECK(std::isnan(LineOf({}).slope));
}

// Every way to draw n of the items, one by one.
BestOfN ByEnumeration(const std::vector<double>& proxy, const std::vector<double>& truth, int n) {
  std::vector<int> taken(proxy.size(), 0);
  std::fill_n(taken.begin(), n, 1);
  BestOfN sum;
  int draws = 0;
  do {
    double least = INFINITY;
    double of_least = 0.0;
    int same = 0;
    for (std::size_t i = 0; i < proxy.size(); ++i) {
      if (taken[i] == 0 || proxy[i] > least) continue;
      if (proxy[i] < least) of_least = same = 0;
      least = proxy[i];
      of_least += truth[i];
      ++same;
    }
    sum.proxy += least;
    sum.truth += of_least / same;
    ++draws;
  } while (std::ranges::prev_permutation(taken).found);
  return {sum.proxy / draws, sum.truth / draws};
}

TEST_CASE("best of n is the mean over all ways to draw, also with equal proxies") {
  const std::vector<double> proxy{3.0, 1.0, 4.0, 1.5, 9.0, 2.0, 6.0};
  const std::vector<double> truth{2.0, 8.0, 1.0, 0.0, 5.0, 3.0, 7.0};
  for (int n = 1; n <= 7; ++n) {
    CAPTURE(n);
    const BestOfN best = LeastOfN(proxy, truth, n);
    CHECK(best.proxy == doctest::Approx(ByEnumeration(proxy, truth, n).proxy));
    CHECK(best.truth == doctest::Approx(ByEnumeration(proxy, truth, n).truth));
  }
  // With ties the enumeration shares alike within each draw; over all draws each of the equal ones
  // is as likely.
  const std::vector<double> equal{1.0, 1.0, 1.0, 5.0};
  const std::vector<double> worth{0.0, 3.0, 6.0, 9.0};
  for (int n = 1; n <= 4; ++n) {
    CAPTURE(n);
    CHECK(LeastOfN(equal, worth, n).truth == doctest::Approx(ByEnumeration(equal, worth, n).truth));
  }
  CHECK(LeastOfN(proxy, truth, 7).truth == 8.0);
}

TEST_CASE("best of n is as far away as Gao, Schulman and Hilton say") {
  CHECK(BestOfNKl(1) == 0.0);
  CHECK(BestOfNKl(2) == doctest::Approx(0.1931471806));
  CHECK(BestOfNKl(64) == doctest::Approx(std::log(64.0) - 63.0 / 64.0));
}

// Episodes of one step whose truth is the proxy with noise beside it.
std::vector<VisitedEpisode> NoisyEpisodes(int count, double noise) {
  RandomState random(7);
  std::vector<VisitedEpisode> episodes;
  for (int i = 0; i < count; ++i) {
    const double meant = 20.0 + 4.0 * random.Normal();
    const double seen = meant + noise * random.Normal();
    // Costs of a step are small numbers: an episode of a hundred equal ones.
    const std::vector<test::WrittenStep> steps(
        100, {.predicted = float(seen / 100.0), .truth = float(meant / 100.0)});
    episodes.push_back(test::Written(static_cast<std::uint32_t>(i), 0.0, steps));
  }
  return episodes;
}

TEST_CASE("noise as large as what is meant halves what selection brings, and no more") {
  const std::vector<VisitedEpisode> episodes = NoisyEpisodes(400, 4.0);
  const EpisodeBootstrap bootstrap(400, 200, 1);
  const RegressionReport line = RegressEpisodes(episodes, bootstrap);
  // var(meant) / (var(meant) + var(noise)) = 1/2.
  CHECK(line.slope.low < 0.5);
  CHECK(line.slope.high > 0.5);
  CHECK(line.slope.low > 0.35);
  const std::vector<BestOfNPoint> curve = BestOfNCurve(episodes, bootstrap);
  REQUIRE(curve.size() == 7);
  CHECK(curve.back().n == 64);
  CHECK(curve.back().proxy.value < curve.front().proxy.value - 10.0);
  const double gained = curve.front().truth.value - curve.back().truth.value;
  const double promised = curve.front().proxy.value - curve.back().proxy.value;
  CHECK(gained / promised == doctest::Approx(0.5).epsilon(0.2));
  // It only regresses: nothing is lost beyond the line.
  CHECK(curve.back().beyond_line.low < 0.0);
  CHECK(curve.back().beyond_line.high > 0.0);
  CHECK(curve.front().beyond_line.value == doctest::Approx(0.0).epsilon(1e-6));
}

TEST_CASE("a proxy that is right is a slope of one, step by step") {
  std::vector<VisitedEpisode> episodes;
  for (std::uint32_t k = 0; k < 4; ++k) {
    episodes.push_back(
        test::Written(k, 0.0, {{.predicted = 0.0F}, {.predicted = 1.0F, .truth = 1.0F}}));
  }
  // What cannot be told does not count.
  episodes[0].steps.push_back({.predicted = NAN, .truth = 1.0F});
  const RegressionReport line = RegressSteps(episodes, EpisodeBootstrap(4, 50, 1));
  CHECK(line.pairs == 8);
  CHECK(line.slope.value == doctest::Approx(1.0));
  CHECK(line.residual_deviation.value == doctest::Approx(0.0));
  CHECK(line.correlation.low == doctest::Approx(1.0));
}

TEST_CASE("draws of episodes in which nothing is true widen no interval of the line") {
  std::vector<VisitedEpisode> episodes;
  for (std::uint32_t seed = 0; seed < 4; ++seed) {
    const float truth = seed == 0 ? 1.0F : 0.0F;  // about a third of the draws lack it
    episodes.push_back(Written(seed, 0.0,
                               {{.predicted = 0.9F, .truth = truth},
                                {.predicted = 0.1F, .truth = 0.0F},
                                {.predicted = 0.2F * static_cast<float>(seed), .truth = 0.0F}}));
  }
  const RegressionReport line = RegressSteps(episodes, EpisodeBootstrap(4, 200, 1));
  CHECK(line.slope.low > 0.0);
  CHECK(line.residual_deviation.low > 0.0);
  CHECK(line.correlation.high <= 1.0);
}

TEST_CASE("the worst episodes cost most beyond what is predicted") {
  const std::vector<VisitedEpisode> episodes{
      test::Written(10, 0.0, {{.predicted = 0.5F, .truth = 1.0F}, {.predicted = 0.9F}}),
      test::Written(11, 0.0, {{.predicted = 0.0F}, {.predicted = 0.1F, .truth = 1.0F}}),
      test::Written(12, 0.0, {{.predicted = 0.7F, .truth = 1.0F}}),
  };
  const std::vector<WorstCase> worst = WorstEpisodes(episodes, 5);
  REQUIRE(worst.size() == 2);
  CHECK(worst[0].seed == 11);
  CHECK(worst[0].off_by == doctest::Approx(0.9));
  CHECK(worst[0].step == 2);
  CHECK(worst[1].seed == 12);  // the first one cost less than predicted
  CHECK(worst[1].off_by == doctest::Approx(0.3));
  CHECK(WorstEpisodes(episodes, 1).size() == 1);
}

}  // namespace
}  // namespace lookout::agents
