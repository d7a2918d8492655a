#include "app/runs/run_groups.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace lookout::app {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

LoadedRun Run(std::uint32_t seed, const std::vector<double>& returns,
              const std::vector<double>& costs = {}) {
  LoadedRun run{.folder = fmt::format("out/seed{}", seed),
                .config = {.environment = "Safexp-PointGoal1-v0", .preset = "fast"}};
  run.config.settings.seed = seed;
  for (std::size_t i = 0; i < returns.size(); ++i) {
    run.progress.columns["TotalEnvInteracts"].push_back(1000.0 * double(i + 1));
    run.progress.columns["AverageEpRet"].push_back(returns[i]);
    run.progress.columns["AverageEpCost"].push_back(i < costs.size() ? costs[i] : 0.0);
    run.progress.columns["CostRate"].push_back(0.01 * double(i + 1));
  }
  run.progress.rows = returns.size();
  return run;
}

TEST_CASE("runs that differ only in seed and workers are one group") {
  LoadedRun other = Run(2, {1.0});
  other.config.settings.workers = 7;
  const auto groups = GroupRuns({Run(0, {1.0}), Run(1, {2.0}), other});
  REQUIRE(groups.ok());
  REQUIRE(groups->size() == 1);
  CHECK((*groups)[0].runs.size() == 3);
  CHECK((*groups)[0].label == "PPO");
}

TEST_CASE("groups that would be called alike are told apart by what differs") {
  LoadedRun narrow = Run(0, {1.0});
  narrow.config.settings.clip_ratio = 0.1;
  LoadedRun elsewhere = Run(0, {1.0});
  elsewhere.config.environment = "Safexp-CarGoal1-v0";
  LoadedRun constrained = Run(0, {1.0});
  constrained.config.settings.algorithm = agents::Algorithm::kPpoLagrangian;
  const auto groups = GroupRuns({Run(0, {1.0}), narrow, elsewhere, constrained});
  REQUIRE(groups.ok());
  REQUIRE(groups->size() == 4);
  CHECK((*groups)[0].label == "PPO, clip-ratio 0.2");
  CHECK((*groups)[1].label == "PPO, clip-ratio 0.1");
  CHECK((*groups)[2].label == "PPO");
  CHECK((*groups)[3].label == "PPO-Lagrangian");
}

TEST_CASE("a policy goes by the label of its run, and by its own name without one") {
  SavedPolicy plain{.actor = {.name = "PPO"}, .run = Run(0, {1.0})};
  SavedPolicy seed = plain;
  seed.run->config.settings.seed = 1;
  SavedPolicy narrow = plain;
  narrow.run->config.settings.clip_ratio = 0.1;
  SavedPolicy pid{.actor = {.name = "PPO-Lagrangian"}, .run = Run(0, {1.0})};
  pid.run->config.settings.algorithm = agents::Algorithm::kPpoLagrangian;
  pid.run->config.settings.multiplier_kind = agents::MultiplierKind::kPid;
  const SavedPolicy file{.actor = {.name = "PPO-Lagrangian"}};
  const std::vector<const SavedPolicy*> policies{&file, &plain, &narrow, &pid, &seed};
  CHECK(AgentNames(policies) ==
        std::vector<std::string>{"PPO-Lagrangian", "PPO, clip-ratio 0.2", "PPO, clip-ratio 0.1",
                                 "PPO-Lagrangian, pid multiplier", "PPO, clip-ratio 0.2"});
}

TEST_CASE("the same seed twice is refused, with both folders") {
  LoadedRun again = Run(0, {1.0});
  again.folder = "out/again";
  const auto groups = GroupRuns({Run(0, {1.0}), again});
  REQUIRE_FALSE(groups.ok());
  CHECK(groups.error().message.find("out/again and out/seed0") != std::string::npos);
}

TEST_CASE("the band is the standard error of the mean, widened by Student's t") {
  const auto groups = GroupRuns({Run(0, {1.0, 5.0, 9.0}), Run(1, {3.0, kNan}), Run(2, {8.0, 7.0})});
  REQUIRE(groups.ok());
  const Curve curve = MeanCurve((*groups)[0], "AverageEpRet", 0);
  REQUIRE(curve.steps == std::vector<double>{1000, 2000, 3000});
  CHECK(curve.mean[0] == doctest::Approx(4.0));
  // Deviation sqrt(13); t with two degrees of freedom; three seeds.
  CHECK(curve.high[0] - curve.mean[0] == doctest::Approx(1.3213 * std::sqrt(13.0 / 3.0)));
  CHECK(curve.mean[0] - curve.low[0] == doctest::Approx(curve.high[0] - curve.mean[0]));
  // One degree of freedom where a seed has a gap.
  CHECK(curve.mean[1] == doctest::Approx(6.0));
  CHECK(curve.high[1] - curve.mean[1] == doctest::Approx(1.8373 * std::sqrt(2.0 / 2.0)));
  // No band where one seed is left.
  CHECK(curve.mean[2] == 9.0);
  CHECK(std::isnan(curve.low[2]));
}

TEST_CASE("the result is that of the last iterations") {
  std::vector<double> returns(30, 0.0);
  std::fill(returns.end() - kLastIterations, returns.end(), 4.0);
  std::vector<double> costs(30, 50.0);
  std::fill(costs.end() - kLastIterations, costs.end(), 20.0);
  costs.back() = kNan;  // no episode ended
  std::vector<double> better(29, 8.0);
  const auto groups = GroupRuns({Run(0, returns, costs), Run(1, better, costs)});
  REQUIRE(groups.ok());
  const GroupResult result = ResultOf((*groups)[0]);
  CHECK(result.total_reward.mean == doctest::Approx(6.0));
  CHECK(result.total_reward.deviation == doctest::Approx(std::sqrt(8.0)));
  CHECK(result.cost.mean == doctest::Approx((20.0 + (50.0 + 9 * 20.0) / 10.0) / 2));
  CHECK(result.cost_rate.mean == doctest::Approx(0.295));
  CHECK(result.steps == 29'000);
}

TEST_CASE("the moving average is centred, shrinks at the ends and steps over gaps") {
  CHECK(MovingAverage({1, 2, 6, 3}, 1) == std::vector<double>{1.5, 3.0, 11.0 / 3.0, 4.5});
  const std::vector<double> gap = MovingAverage({1, kNan, 3}, 1);
  CHECK(gap == std::vector<double>{1.0, 2.0, 3.0});
  CHECK(std::isnan(MovingAverage({kNan}, 2)[0]));
}

}  // namespace
}  // namespace lookout::app
