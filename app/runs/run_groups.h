// Training runs that differ in nothing but their seed, taken together: mean curves with confidence
// bands, and where training ended. Any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/runs/benchmark_scores.h"
#include "app/runs/policy_evaluation.h"
#include "app/runs/run_folder.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {

struct RunGroup {
  std::string label;  // "PPO-Lagrangian", with what tells it from others of its environment
  std::vector<LoadedRun> runs;  // one for each seed, never empty

  const RunConfig& config() const { return runs.front().config; }
};

// In the order in which the first run of each group was given, other programs' runs last; those are
// one group if environment and agent have the same names. Rejects (kBadInput) a folder given
// twice under the same seed.
Result<std::vector<RunGroup>> GroupRuns(std::vector<LoadedRun> runs);

// What to call the agent of each policy: the label that GroupRuns gives its run, where the policy
// was named by a run's folder, else its own name.
std::vector<std::string> AgentNames(std::span<const SavedPolicy* const> policies);

// The limit that the runs' agent is held to, if it is to any.
std::optional<double> CostLimitOf(const RunGroup& group);

struct Curve {
  std::vector<double> steps;
  std::vector<double> mean;  // over the seeds that got this far; NaN where none has a value
  // The 68 % confidence interval of that mean by Student's t: its standard error, widened for few
  // seeds. NaN where fewer than two seeds have a value.
  std::vector<double> low;
  std::vector<double> high;
};

// Of a column of progress.txt. Each seed's values are averaged over 2 * reach + 1 iterations first.
Curve MeanCurve(const RunGroup& group, std::string_view column, int reach);

// Over the last iterations of training: the mean of each seed's, and their spread over the seeds.
inline constexpr int kLastIterations = 10;
struct GroupResult {
  double steps = 0.0;  // of the shortest run
  Spread total_reward;
  Spread cost;
  Spread cost_rate;  // of the whole of training
};
GroupResult ResultOf(const RunGroup& group);

// The centred moving average over 2 * reach + 1 points, fewer at the ends; NaN points are skipped.
std::vector<double> MovingAverage(const std::vector<double>& values, int reach);

}  // namespace lookout::app
